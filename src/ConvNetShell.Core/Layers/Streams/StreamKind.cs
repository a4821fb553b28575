namespace ConvNetShell.Core.Layers.Streams;

/// <summary>A stream of a film, whose frames have the sound below the picture.</summary>
public enum StreamKind
{
    /// <summary>The upper rows of each frame.</summary>
    Picture,

    /// <summary>The lower rows of all frames, one after the other.</summary>
    Sound,
}
