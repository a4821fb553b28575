namespace ConvNetShell.Core.Data.Matches;

/// <summary>What the picture of a window shows.</summary>
internal enum PictureEvent
{
    /// <summary>The ball goes about in midfield.</summary>
    Play,

    /// <summary>The ball crosses the pitch in a straight line.</summary>
    Pass,

    /// <summary>A shot that goes past the goal.</summary>
    Miss,

    /// <summary>The camera shows a face instead of the pitch.</summary>
    Cutaway,

    /// <summary>A shot into the net: a highlight.</summary>
    Goal,

    /// <summary>A player takes the ball across the pitch in a zigzag: a highlight.</summary>
    Solo,
}
