namespace ConvNetShell.Core.Data.Datasets;

/// <summary>The part of a dataset.</summary>
public enum SplitKind
{
    /// <summary>The images a network learns from.</summary>
    Train,

    /// <summary>The images that choose the best epoch.</summary>
    Validation,

    /// <summary>The images that measure a network in the end.</summary>
    Test,
}
