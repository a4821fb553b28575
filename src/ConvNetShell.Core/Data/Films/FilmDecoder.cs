using System.Globalization;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Formats;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Data.Matches;
using ConvNetShell.Core.Errors;
using FFMpegCore;

namespace ConvNetShell.Core.Data.Films;

/// <summary>
/// Reads films of any format that the machine's ffmpeg knows. The picture becomes grey frames of 24x32 pixels, four a second, stretched
/// where it has other proportions; the sound one channel of 2,048 unsigned 8-bit samples a second, as loud as it is in the film.
/// </summary>
public static class FilmDecoder
{
    private const int Rate = MatchFilm.Frames / MatchFilm.Seconds,
        FrameSize = MatchFilm.PictureRows * MatchFilm.Width,
        LongestHours = 24;
    private const double Tolerance = 3; // seconds that a film may be shorter than it says

    /// <summary>Reads a film.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Receive progress and warnings, and stop the work.</param>
    /// <returns>The film in windows of two seconds. A last window of a second or more is filled with its last frame and silence; a shorter
    /// one is left out.</returns>
    /// <exception cref="ProgramMissingException">ffmpeg or ffprobe is not installed.</exception>
    /// <exception cref="DataFormatException">The file is no film, or is too short or too long.</exception>
    /// <exception cref="InvalidSettingException">The path has a quotation mark.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Film Read(string path, ReadOptions options)
    {
        RequirePlain(path);
        DataFile.RequireContent(path);
        FfmpegTools tools = FfmpegTools.Find();
        return Read(tools, path, options).GetAwaiter().GetResult();
    }

    private static async Task<Film> Read(FfmpegTools tools, string path, ReadOptions options)
    {
        IMediaAnalysis media = await tools.Probe(path, options.Cancellation).ConfigureAwait(false);
        VideoStream picture =
            media.VideoStreams.OrderBy(stream => stream.Index).FirstOrDefault(stream => !IsCover(stream))
            ?? throw new DataFormatException(
                "Data.NotAFilm",
                path,
                $"expected a moving picture. Received: {(media.AudioStreams.Count > 0 ? "sound only" : "none")}."
            );
        if (media.Duration > TimeSpan.FromHours(LongestHours))
        {
            throw new DataFormatException(
                "Data.TooLarge",
                path,
                FormattableString.Invariant($"expected a film of at most {LongestHours} hours. Received: {media.Duration.TotalHours:F0}.")
            );
        }
        AudioStream? sound = media.PrimaryAudioStream;
        (byte[] frames, byte[] samples) = await Decode(tools, path, media, picture, sound, options).ConfigureAwait(false);
        int count = frames.Length / FrameSize;
        double length = (double)count / Rate;
        if (count < MatchFilm.Frames / 2)
        {
            throw new DataFormatException(
                "Data.NotAFilm",
                path,
                FormattableString.Invariant($"expected a film of a second or more. Received: {length} s.")
            );
        }
        if (picture.Duration.TotalSeconds > length + Tolerance)
        {
            options.Warn?.Invoke(
                FormattableString.Invariant(
                    $"{Path.GetFileName(path)} says that it lasts {picture.Duration.TotalSeconds:F0} s, but ends after {length:F0} s."
                )
            );
        }
        return new Film(path, Windows(frames, samples), length, sound is not null);
    }

    private static async Task<(byte[] Frames, byte[] Samples)> Decode(
        FfmpegTools tools,
        string path,
        IMediaAnalysis media,
        VideoStream picture,
        AudioStream? sound,
        ReadOptions options
    )
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("cnsh-film-"); // nobody else may open it
        try
        {
            RequirePlain(folder.FullName);
            using var seen = new FilmPipe(folder.FullName, "picture");
            using var heard = new FilmPipe(folder.FullName, "sound");
            FFMpegArgumentProcessor work = Work(path, picture, sound, seen.Address, heard.Address);
            using var failed = new CancellationTokenSource();
            Task<byte[]> frames = seen.ReadAll(Report, failed.Token),
                samples = sound is null ? Task.FromResult(Array.Empty<byte>()) : heard.ReadAll(_ => { }, failed.Token);
            Task both = Task.WhenAll(frames, samples);
            try
            {
                await tools.Decode(path, work, options.Cancellation).ConfigureAwait(false);
            }
            catch
            {
                await failed.CancelAsync().ConfigureAwait(false);
                await both.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // the error of ffmpeg is the cause of theirs
                throw;
            }
            return (await frames.ConfigureAwait(false), await samples.ConfigureAwait(false));
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        void Report(long bytes) =>
            options.Progress?.Report(
                new DataProgress(
                    $"Reading {Path.GetFileName(path)}",
                    bytes / (FrameSize * Rate),
                    (long)media.Duration.TotalSeconds,
                    "seconds"
                )
            );
    }

    private static FFMpegArgumentProcessor Work(string path, VideoStream picture, AudioStream? sound, string seen, string heard) =>
        FFMpegArguments
            .FromFileInput(path, verifyExists: true, input => input.WithCustomArgument("-hide_banner -nostats -v error"))
            .OutputToMany(outputs =>
            {
                outputs.OutputToUrl(
                    seen,
                    output =>
                        output.WithCustomArgument(
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"-map 0:{picture.Index} -t {LongestHours * 3600} -vf fps={Rate}:start_time=0,"
                                    + $"scale={MatchFilm.Width}:{MatchFilm.PictureRows}:flags=area,format=gray -f rawvideo"
                            )
                        )
                );
                if (sound is not null)
                {
                    outputs.OutputToUrl(
                        heard,
                        output =>
                            output.WithCustomArgument(
                                string.Create(
                                    CultureInfo.InvariantCulture,
                                    $"-map 0:{sound.Index} -t {LongestHours * 3600} -af aresample=async=1:first_pts=0 -ac 1 "
                                        + $"-ar {MatchFilm.SampleRate} -f u8"
                                )
                            )
                    );
                }
            });

    private static DatasetSplit Windows(byte[] frames, byte[] samples)
    {
        int count = ((frames.Length / FrameSize) + (MatchFilm.Frames / 2)) / MatchFilm.Frames,
            size = (int)MatchFilm.Shape.Elements,
            seen = MatchFilm.Frames * FrameSize;
        var picture = new byte[count * seen];
        int known = Math.Min(frames.Length / FrameSize * FrameSize, picture.Length);
        frames.AsSpan(0, known).CopyTo(picture);
        for (int at = known; at < picture.Length; at += FrameSize)
        {
            frames.AsSpan(known - FrameSize, FrameSize).CopyTo(picture.AsSpan(at));
        }
        var sound = new byte[count * MatchFilm.Samples];
        Array.Fill(sound, (byte)MatchFilm.Silence);
        samples.AsSpan(0, Math.Min(samples.Length, sound.Length)).CopyTo(sound);
        var windows = new byte[count * size];
        for (int i = 0; i < count; i++)
        {
            MatchFilm.Join(
                picture.AsSpan(i * seen, seen),
                sound.AsSpan(i * MatchFilm.Samples, MatchFilm.Samples),
                windows.AsSpan(i * size, size)
            );
        }
        return new DatasetSplit("Film", MatchFilm.Shape, windows, new int[count]);
    }

    // the picture on the cover of a song
    private static bool IsCover(VideoStream stream) => stream.Disposition?.TryGetValue("attached_pic", out bool isCover) == true && isCover;

    /// <summary>Checks that a path can stand between quotation marks, as FFMpegCore writes it on ffmpeg's command line.</summary>
    private static void RequirePlain(string path)
    {
        if (path.Contains('"', StringComparison.Ordinal) || path.EndsWith('\\'))
        {
            throw new InvalidSettingException(
                "The path of a film",
                "one without quotation marks and without a backslash at its end, as ffmpeg gets it on a command line",
                path
            );
        }
    }
}
