using System.Globalization;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Matches;

/// <summary>
/// Makes the Matches dataset: matches of two minutes in windows of two seconds, each with 8 grey frames of 24x32 pixels (players, a ball,
/// two goals) and 4,096 sound samples (murmur, cheers, chants, hits, the whistle); <see cref="MatchFilm"/> has the form. 22 % of the
/// windows are highlights. Some show in both streams (a goal and its cheer), some only in the picture (a solo run), some only in the sound
/// (a cheer while the camera shows a face); each stream has its own decoys: misses, long passes and faces, chants, gasps and whistles. The
/// crowd is the home side's: it cheers goals of the away side at 0.2 of the loudness. Attributes: Match (from 1), Start (seconds), Event
/// (in the picture), Sound, ShownIn (both, picture, sound, none) and Side (home, away, none). No match is in two splits. The same seed
/// gives the same bytes on every machine.
/// </summary>
public static class MatchesGenerator
{
    /// <summary>The number of training windows where none is asked for: 60 matches.</summary>
    public const int DefaultTrain = 3_600;

    /// <summary>The number of test windows where none is asked for: 20 matches.</summary>
    public const int DefaultTest = 1_200;

    private const int Most = 200_000;

    /// <summary>Gets the class names, by label.</summary>
    public static IReadOnlyList<string> ClassNames { get; } = Array.AsReadOnly(["play", "highlight"]);

    /// <summary>Makes the dataset.</summary>
    /// <param name="train">The number of training windows, 60 a match; default 3,600.</param>
    /// <param name="test">The number of test windows; Validation has half as many; 0 for neither. Default 1,200.</param>
    /// <param name="seed">The seed; default 0.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The dataset, of shape 1x8x40x32.</returns>
    /// <exception cref="InvalidSettingException">A count is out of range.</exception>
    public static Dataset Generate(
        int train = DefaultTrain,
        int test = DefaultTest,
        long seed = 0,
        CancellationToken cancellation = default
    )
    {
        Require("The number of training windows", train, 1);
        Require("The number of test windows", test, 0);
        return new Dataset(
            "Matches",
            FormattableString.Invariant($"generated, seed {seed}"),
            ClassNames,
            Split("Train", train, 0),
            test == 0 ? null : Split("Validation", (test + 1) / 2, 1),
            test == 0 ? null : Split("Test", test, 2)
        );

        DatasetSplit Split(string name, int count, int part)
        {
            int size = (int)MatchFilm.Shape.Elements;
            var bytes = new byte[checked(count * size)];
            var windows = new MatchWindow[count];
            Parallel.For(
                0,
                (count + MatchFilm.Windows - 1) / MatchFilm.Windows,
                new ParallelOptions { CancellationToken = cancellation },
                match =>
                {
                    int first = match * MatchFilm.Windows,
                        own = Math.Min(MatchFilm.Windows, count - first);
                    long stream = 2 * ((3L * match) + part); // the splits share no stream, nor do picture and sound
                    Make(seed, stream, windows.AsSpan(first, own), bytes.AsSpan(first * size, own * size));
                }
            );
            int[] labels = [.. windows.Select(window => window.IsHighlight ? 1 : 0)];
            return new DatasetSplit(name, MatchFilm.Shape, bytes, labels) { Attributes = Describe(windows) };
        }
    }

    private static void Make(long seed, long stream, Span<MatchWindow> windows, Span<byte> bytes)
    {
        var random = new SeededRandom(seed, stream);
        MatchWindow[] script = MatchScript.Invent(random);
        byte[] sound = MatchSound.Make(script, new SeededRandom(seed, stream + 1));
        var picture = new MatchPicture(random);
        var frames = new byte[MatchFilm.Frames * MatchFilm.PictureRows * MatchFilm.Width];
        int size = (int)MatchFilm.Shape.Elements;
        for (int i = 0; i < windows.Length; i++)
        {
            windows[i] = script[i];
            picture.Draw(script[i], frames);
            MatchFilm.Join(frames, sound.AsSpan(i * MatchFilm.Samples, MatchFilm.Samples), bytes.Slice(i * size, size));
        }
    }

    private static SampleAttributes Describe(MatchWindow[] windows) =>
        new(
            new Dictionary<string, IReadOnlyList<string>>
            {
                ["Match"] = [.. windows.Select((_, i) => Text((i / MatchFilm.Windows) + 1))],
                ["Start"] = [.. windows.Select((_, i) => Text(i % MatchFilm.Windows * MatchFilm.Seconds))],
                ["Event"] = [.. windows.Select(window => window.Picture.ToString().ToLowerInvariant())],
                ["Sound"] = [.. windows.Select(window => window.Sound.ToString().ToLowerInvariant())],
                ["ShownIn"] = [.. windows.Select(window => window.ShownIn)],
                ["Side"] = [.. windows.Select(window => window.Side)],
            }
        );

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static void Require(string what, int count, int least)
    {
        if (count < least || count > Most)
        {
            throw new InvalidSettingException(what, FormattableString.Invariant($"from {least} to {Most}"), count);
        }
    }
}
