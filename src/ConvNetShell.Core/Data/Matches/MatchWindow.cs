namespace ConvNetShell.Core.Data.Matches;

/// <summary>What happens in a window of a match.</summary>
/// <param name="Picture">What is seen.</param>
/// <param name="Sound">What is heard.</param>
/// <param name="IsHome">Whether the home side attacks, to the right.</param>
/// <param name="At">When it happens, in seconds from the window's beginning.</param>
/// <param name="Loudness">How loud what is heard is.</param>
internal sealed record MatchWindow(PictureEvent Picture, SoundEvent Sound, bool IsHome, double At, double Loudness)
{
    /// <summary>Gets a value indicating whether it is a highlight.</summary>
    public bool IsHighlight => IsSeen || IsHeard;

    /// <summary>Gets the side whose highlight it is.</summary>
    public string Side =>
        !IsHighlight ? "none"
        : IsHome ? "home"
        : "away";

    /// <summary>Gets where the highlight shows.</summary>
    public string ShownIn =>
        (IsSeen, IsHeard) switch
        {
            (true, true) => "both",
            (true, false) => "picture",
            (false, true) => "sound",
            _ => "none",
        };

    private bool IsSeen => Picture is PictureEvent.Goal or PictureEvent.Solo;

    private bool IsHeard => Sound is SoundEvent.Cheer;
}
