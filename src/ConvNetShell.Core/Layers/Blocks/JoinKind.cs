namespace ConvNetShell.Core.Layers.Blocks;

/// <summary>How branches come together.</summary>
public enum JoinKind
{
    /// <summary>Their outputs, which have one shape, are added.</summary>
    Add,

    /// <summary>Their channels are put one after the other.</summary>
    Concatenate,
}
