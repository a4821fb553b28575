using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Matches;

/// <summary>Invents what happens in a match, window by window.</summary>
internal static class MatchScript
{
    // One highlight follows another at the earliest after a window: 0.28 of the windows that may have one are 0.22 of all.
    private const double Highlight = 0.28,
        Home = 0.65,
        Both = 0.43,
        PictureOnly = 0.25;

    // A cutaway is as frequent among highlights as elsewhere, so that it tells nothing by itself.
    private const double Cutaway = 1 - Both - PictureOnly,
        Miss = 0.16,
        Pass = 0.14;

    private const double Chant = 0.2,
        Whistle = 0.12,
        Gasp = 0.6;

    // The crowd is the home side's.
    private const double AwayLoudness = 0.2;

    /// <summary>Invents a match.</summary>
    /// <param name="random">The random numbers of this match.</param>
    public static MatchWindow[] Invent(SeededRandom random)
    {
        var windows = new MatchWindow[MatchFilm.Windows];
        for (int i = 0; i < windows.Length; i++)
        {
            bool may = i == 0 || !windows[i - 1].IsHighlight;
            bool home = random.NextDouble() < Home;
            double at = random.NextDouble(0.7, 1.1);
            (PictureEvent picture, SoundEvent sound) = may && random.NextDouble() < Highlight ? Moment(random) : Ordinary(random);
            double loudness = sound switch
            {
                SoundEvent.Cheer => random.NextDouble(0.7, 1.3) * (home ? 1 : AwayLoudness),
                SoundEvent.Gasp => random.NextDouble(0.4, 0.9) * (home ? 1 : AwayLoudness),
                _ => random.NextDouble(0.5, 1.2),
            };
            windows[i] = new MatchWindow(picture, sound, home, at, loudness);
        }
        return windows;
    }

    private static (PictureEvent Picture, SoundEvent Sound) Moment(SeededRandom random) =>
        random.NextDouble() switch
        {
            < Both => (PictureEvent.Goal, SoundEvent.Cheer),
            < Both + PictureOnly => (PictureEvent.Solo, SoundEvent.Calm),
            _ => (PictureEvent.Cutaway, SoundEvent.Cheer),
        };

    private static (PictureEvent Picture, SoundEvent Sound) Ordinary(SeededRandom random)
    {
        PictureEvent picture = random.NextDouble() switch
        {
            < Cutaway => PictureEvent.Cutaway,
            < Cutaway + Miss => PictureEvent.Miss,
            < Cutaway + Miss + Pass => PictureEvent.Pass,
            _ => PictureEvent.Play,
        };
        double draw = random.NextDouble();
        SoundEvent sound = picture switch
        {
            PictureEvent.Miss when draw < Gasp => SoundEvent.Gasp,
            _ when draw < Chant => SoundEvent.Chant,
            _ when draw < Chant + Whistle => SoundEvent.Whistle,
            _ => SoundEvent.Calm,
        };
        return (picture, sound);
    }
}
