namespace ConvNetShell.Core.Data.Matches;

/// <summary>What the sound of a window has beside the murmur of the crowd and hits of the ball.</summary>
internal enum SoundEvent
{
    /// <summary>Nothing.</summary>
    Calm,

    /// <summary>The crowd claps in time, about nothing on the pitch.</summary>
    Chant,

    /// <summary>The referee's whistle.</summary>
    Whistle,

    /// <summary>A short sound of the crowd, about a miss.</summary>
    Gasp,

    /// <summary>The crowd cheers a goal.</summary>
    Cheer,
}
