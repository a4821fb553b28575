using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Matches;

/// <summary>The sound of a match: the murmur of the crowd, cheers, chants, gasps, the whistle and hits of the ball.</summary>
internal sealed class MatchSound
{
    private const int Rate = MatchFilm.SampleRate;
    private const double Dull = 0.25, // how fast the murmur follows the noise: a low pass
        Murmur = 30,
        Roar = 30,
        Tone = 26,
        Hit = 60,
        HitSeconds = 0.02;

    private readonly SeededRandom random;
    private readonly double[] level;

    private MatchSound(SeededRandom random)
    {
        this.random = random;
        level = new double[MatchFilm.Windows * MatchFilm.Samples];
    }

    /// <summary>Makes the sound of a match.</summary>
    /// <param name="windows">What happens.</param>
    /// <param name="random">The random numbers of this sound.</param>
    /// <returns>The samples of all windows.</returns>
    public static byte[] Make(IReadOnlyList<MatchWindow> windows, SeededRandom random)
    {
        var sound = new MatchSound(random);
        sound.AddMurmur();
        for (int i = 0; i < windows.Count; i++)
        {
            sound.Add(windows[i], (i * MatchFilm.Seconds) + windows[i].At);
        }
        return [.. sound.level.Select(value => (byte)Math.Clamp(MatchFilm.Silence + Math.Round(value), 0, 255))];
    }

    private void Add(MatchWindow window, double at)
    {
        switch (window.Sound)
        {
            case SoundEvent.Cheer:
                AddCrowd(
                    at + 0.1,
                    1.4,
                    window.Loudness,
                    (seconds, _) => Math.Min(1, seconds / 0.25) * Math.Clamp((1.4 - seconds) / 0.7, 0, 1)
                );
                break;
            case SoundEvent.Gasp:
                AddCrowd(at + 0.1, 0.6, window.Loudness, (seconds, _) => Math.Min(1, seconds / 0.1) * (1 - (seconds / 0.6)));
                break;
            case SoundEvent.Chant:
                double beat = random.NextDouble(0.38, 0.6);
                AddCrowd(at - 0.7, 2, window.Loudness, (seconds, _) => seconds % beat < beat / 2 ? 1 : 0.1);
                break;
            case SoundEvent.Whistle:
                AddWhistle(at, window.Loudness);
                break;
        }
        AddHit(at, window.Picture is PictureEvent.Goal or PictureEvent.Miss ? 1 : random.NextDouble(0, 0.7));
        AddHit(at - random.NextDouble(0.3, 0.7), random.NextDouble(0, 0.7));
    }

    private void AddMurmur()
    {
        double gain = Murmur * random.NextDouble(0.7, 1.3),
            low = 0,
            swell = 1,
            goal = 1;
        for (int i = 0; i < level.Length; i++)
        {
            if (i % (Rate / 2) == 0)
            {
                goal = random.NextDouble(0.6, 1.4);
            }
            swell += (goal - swell) / (Rate / 2.0);
            low += Dull * (random.NextDouble(-1, 1) - low);
            level[i] += gain * swell * low;
        }
    }

    /// <summary>Adds voices: noise between two low passes, so that it is brighter than the murmur.</summary>
    private void AddCrowd(double from, double length, double loudness, Func<double, int, double> envelope)
    {
        double fast = 0,
            slow = 0;
        (int first, int end) = Range(from, length);
        for (int i = first; i < end; i++)
        {
            double noise = random.NextDouble(-1, 1);
            fast += 0.7 * (noise - fast);
            slow += 0.2 * (noise - slow);
            level[i] += Roar * loudness * (fast - slow) * envelope((double)(i - first) / Rate, i);
        }
    }

    private void AddWhistle(double from, double loudness)
    {
        double pitch = random.NextDouble(600, 760),
            turn = 0;
        (int first, int end) = Range(from, random.NextDouble(0.3, 0.6));
        for (int i = first; i < end; i++)
        {
            turn += pitch / Rate;
            double trill = 0.6 + (0.4 * Sine((i - first) * 18.0 / Rate % 1));
            level[i] += Tone * loudness * trill * Sine(turn % 1);
        }
    }

    private void AddHit(double at, double loudness)
    {
        (int first, int end) = Range(at, 4 * HitSeconds);
        double gain = Hit * loudness;
        for (int i = first; i < end; i++)
        {
            level[i] += gain * random.NextDouble(-1, 1);
            gain *= 1 - (1 / (HitSeconds * Rate));
        }
    }

    private (int First, int End) Range(double from, double length) =>
        (Math.Clamp((int)(from * Rate), 0, level.Length), Math.Clamp((int)((from + length) * Rate), 0, level.Length));

    /// <summary>Bhaskara's fraction for the sine of a turn: plain arithmetic gives the same bytes everywhere.</summary>
    private static double Sine(double turn)
    {
        double half = 2 * (turn < 0.5 ? turn : turn - 0.5),
            hill = half * (1 - half);
        return (turn < 0.5 ? 1 : -1) * 16 * hill / (5 - (4 * hill));
    }
}
