namespace ConvNetShell.Cmdlets.Parameters.Layers;

/// <summary>What a normalization is taken over.</summary>
public enum NormKind
{
    /// <summary>Each channel over the batch.</summary>
    Batch,

    /// <summary>All values of a sample.</summary>
    Layer,

    /// <summary>The values of a group of channels of a sample.</summary>
    Group,

    /// <summary>Neighboring channels at one place, as in AlexNet.</summary>
    LocalResponse,
}
