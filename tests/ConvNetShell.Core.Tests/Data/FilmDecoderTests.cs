using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Films;
using ConvNetShell.Core.Data.Formats;
using ConvNetShell.Core.Data.Matches;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Tests.Data;

public sealed class FilmDecoderTests : IDisposable
{
    private static readonly DatasetSplit Match = MatchesGenerator.Generate(10, 0, seed: 5).Train;

    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_film_of_a_match_has_its_windows()
    {
        FilmFile.RequireFfmpeg();
        Film film = Read(FilmFile.Write(folder, "a match [1] 'of' 50 %d.mp4", Match));

        Assert.Equal(("a match [1] 'of' 50 %d.mp4", true, 20.0), (film.Name, film.HasSound, film.Length));
        Assert.Equal((10, MatchFilm.Shape), (film.Windows.Count, film.Windows.Shape));
        (double[] seen, double[] heard) = Streams(film.Windows);
        (double[] wanted, double[] expected) = Streams(Match);
        Assert.InRange(seen.Zip(wanted, (one, other) => Math.Abs(one - other)).Average(), 0, 4); // of 255
        Assert.InRange(Correlation(heard, expected), 0.95, 1);
    }

    [Fact]
    public void A_film_without_sound_is_silent()
    {
        FilmFile.RequireFfmpeg();
        Film film = Read(FilmFile.Write(folder, "silent.mkv", Match.Take([0, 1]), withSound: false));

        Assert.False(film.HasSound);
        Assert.All(Streams(film.Windows).Sound, value => Assert.Equal(MatchFilm.Silence, value));
    }

    [Theory]
    [InlineData("5", 3)]
    [InlineData("4.5", 2)]
    [InlineData("1", 1)]
    public void A_rest_of_a_second_is_filled_and_a_shorter_one_left_out(string seconds, int windows)
    {
        FilmFile.RequireFfmpeg();
        FilmFile.Run("-f", "lavfi", "-i", $"color=red:size=64x48:rate=10:duration={seconds}", "-c:v", "mpeg4", folder["red.avi"]);
        Film film = Read(folder["red.avi"]);

        Assert.Equal(windows, film.Windows.Count);
        Assert.All(Streams(film.Windows).Picture, value => Assert.InRange(value, 60, 95)); // red is 76 of 255 in grey, to the last frame
    }

    [Fact]
    public void Files_that_are_no_films_are_errors()
    {
        FilmFile.RequireFfmpeg();
        FilmFile.Run("-f", "lavfi", "-i", "sine=duration=3", folder["tone.wav"]);
        FilmFile.Run("-f", "lavfi", "-i", "color=red:size=64x48", "-frames:v", "1", folder["still.png"]);

        Says("Data.NotAFilm", "sound only", folder["tone.wav"]);
        Says("Data.NotAFilm", "a second or more", folder["still.png"]);
        Says("Data.NotAFilm", "ffmpeg reads", folder.File(["text.mp4"], "no film at all"u8));
        Says("Data.Truncated", "0 bytes", folder.File(["empty.mp4"], []));
        Says("Data.NotAFilm", folder["missing.mp4"], folder["missing.mp4"]);
        Says("Setting.Invalid", "quotation marks", folder["a\" -f null \".mp4"]);
    }

    [Fact]
    public async Task A_stopped_reading_kills_ffmpeg_and_leaves_nothing()
    {
        FilmFile.RequireFfmpeg();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Processes are looked for in /proc.");
        string path = folder["long.avi"];
        FilmFile.Run("-f", "lavfi", "-i", "testsrc2=size=640x480:rate=4:duration=600", "-c:v", "mpeg4", path);
        using var stop = new CancellationTokenSource();
        var begun = new TaskCompletionSource();
        Task<Film> reading = Task.Run(
            () =>
                FilmDecoder.Read(
                    path,
                    new ReadOptions
                    {
                        Cancellation = stop.Token,
                        Progress = new Reports(progress =>
                        {
                            begun.TrySetResult();
                            Thread.Sleep(20); // ffmpeg waits for who reads
                            Assert.Equal(600, progress.Total);
                        }),
                    }
                ),
            TestContext.Current.CancellationToken
        );
        await begun.Task;
        Assert.NotEmpty(Readers(path));
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.Empty(Readers(path));
    }

    private static Film Read(string path) => FilmDecoder.Read(path, new ReadOptions());

    private static void Says(string id, string text, string path)
    {
        ConvNetException error = Assert.ThrowsAny<ConvNetException>(() => Read(path));
        Assert.Equal(id, error.ErrorId);
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
    }

    private static (double[] Picture, double[] Sound) Streams(DatasetSplit windows)
    {
        var picture = new List<byte>();
        var sound = new List<byte>();
        byte[] seen = new byte[MatchFilm.Frames * MatchFilm.PictureRows * MatchFilm.Width],
            heard = new byte[MatchFilm.Samples];
        for (int i = 0; i < windows.Count; i++)
        {
            MatchFilm.Part(windows.Image(i), seen, heard);
            picture.AddRange(seen);
            sound.AddRange(heard);
        }
        return ([.. picture.Select(value => (double)value)], [.. sound.Select(value => (double)value)]);
    }

    private static double Correlation(double[] one, double[] other)
    {
        double mean = one.Average(),
            second = other.Average();
        double Sum(double[] left, double leftMean, double[] right, double rightMean) =>
            left.Zip(right, (a, b) => (a - leftMean) * (b - rightMean)).Sum();
        return Sum(one, mean, other, second) / Math.Sqrt(Sum(one, mean, one, mean) * Sum(other, second, other, second));
    }

    // the processes that have a file on their command line
    private static string[] Readers(string path) =>
        [
            .. Directory
                .EnumerateDirectories("/proc")
                .Where(process => int.TryParse(Path.GetFileName(process), out _))
                .Select(process => Command(Path.Combine(process, "cmdline")))
                .Where(command =>
                    command.StartsWith('/')
                    && command.Contains("ffmpeg", StringComparison.Ordinal)
                    && command.Contains(path, StringComparison.Ordinal)
                ),
        ];

    private static string Command(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return string.Empty; // it ended meanwhile
        }
    }

    private sealed class Reports(Action<DataProgress> report) : IProgress<DataProgress>
    {
        public void Report(DataProgress value) => report(value);
    }
}
