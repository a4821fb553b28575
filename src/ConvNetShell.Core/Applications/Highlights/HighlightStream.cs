namespace ConvNetShell.Core.Applications.Highlights;

/// <summary>The streams whose evidence counts.</summary>
public enum HighlightStream
{
    /// <summary>Picture and sound.</summary>
    Both,

    /// <summary>The picture; the sound counts as the mean over all windows.</summary>
    Picture,

    /// <summary>The sound; the picture counts as the mean over all windows.</summary>
    Sound,
}
