namespace ConvNetShell.Core.Data.Images;

/// <summary>How a picture of other proportions is brought to a size.</summary>
public enum FitKind
{
    /// <summary>It is stretched in height and width alone: nothing is lost, proportions change.</summary>
    Stretch,

    /// <summary>The largest part of the right proportions is cut from its middle.</summary>
    Crop,

    /// <summary>All of it is kept in its proportions, between black bars.</summary>
    Pad,
}
