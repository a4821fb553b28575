namespace ConvNetShell.Cmdlets.Parameters.Layers;

/// <summary>The group of values that is normalized.</summary>
public enum NormKind
{
    /// <summary>Each channel over the batch.</summary>
    Batch,

    /// <summary>All values of a sample.</summary>
    Layer,

    /// <summary>The values of a group of channels of a sample.</summary>
    Group,

    /// <summary>Neighboring channels at one position, as in AlexNet.</summary>
    LocalResponse,
}
