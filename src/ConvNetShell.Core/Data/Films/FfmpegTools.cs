using System.Runtime.InteropServices;
using System.Text.Json;
using ConvNetShell.Core.Errors;
using FFMpegCore;
using FFMpegCore.Exceptions;
using Instances.Exceptions;

namespace ConvNetShell.Core.Data.Films;

/// <summary>The machine's own ffprobe and ffmpeg, found on the PATH and run by FFMpegCore.</summary>
internal sealed class FfmpegTools
{
    private const string MissingId = "Ffmpeg.Missing",
        NotAFilmId = "Data.NotAFilm";

    private readonly string folder;

    private FfmpegTools(string folder) => this.folder = folder;

    /// <summary>Finds both programs. Only full paths of the PATH count: a program in the current folder is never run.</summary>
    /// <exception cref="ProgramMissingException">They are not installed.</exception>
    public static FfmpegTools Find()
    {
        string ending = OperatingSystem.IsWindows() ? ".exe" : string.Empty;
        string? folder = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .FirstOrDefault(path =>
                Path.IsPathFullyQualified(path)
                && File.Exists(Path.Combine(path, "ffmpeg" + ending))
                && File.Exists(Path.Combine(path, "ffprobe" + ending))
            );
        return folder is null ? throw Missing("no folder of the PATH that has both", innerException: null) : new FfmpegTools(folder);
    }

    /// <summary>Returns what ffprobe says of a file.</summary>
    /// <exception cref="DataFormatException">It cannot read it.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<IMediaAnalysis> Probe(string path, CancellationToken stop)
    {
        using var kill = new CancellationTokenSource();
        return await Run(path, () => FFProbe.AnalyseAsync(path, Options(), cancellationToken: kill.Token), kill.Cancel, stop)
            .ConfigureAwait(false);
    }

    /// <summary>Runs ffmpeg to its end.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="work">The work.</param>
    /// <param name="stop">Kills it.</param>
    /// <exception cref="DataFormatException">It failed.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public Task Decode(string path, FFMpegArgumentProcessor work, CancellationToken stop)
    {
        work.CancellableThrough(out Action kill, TimeSpan.Zero);
        return Run(path, () => work.ProcessAsynchronously(throwOnError: true, Options()), kill, stop);
    }

    private FFOptions Options() => new() { BinaryFolder = folder };

    /// <summary>
    /// Waits for a program, and kills it where that is asked for. It is killed on this thread: FFMpegCore's own callbacks throw where the
    /// program ends at that moment, and who cancels must not see that.
    /// </summary>
    private static async Task<T> Run<T>(string path, Func<Task<T>> start, Action kill, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        try
        {
            Task<T> work = start();
            var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using CancellationTokenRegistration watch = stop.Register(() => stopped.TrySetResult());
            if (await Task.WhenAny(work, stopped.Task).ConfigureAwait(false) != work)
            {
                kill();
            }
            return await work.ConfigureAwait(false);
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            throw new OperationCanceledException(stop);
        }
        catch (FFMpegProcessException error)
        {
            throw NotAFilm(path, error.Result.StandardError, error);
        }
        catch (FFProbeProcessException error)
        {
            throw NotAFilm(path, error.StandardError, error);
        }
        catch (Exception error)
            when (error is JsonException or SystemException and not (ExternalException or OutOfMemoryException) or FormatNullException)
        {
            throw NotAFilm(path, [], error); // FFMpegCore does not understand ffprobe's words about a strange file
        }
        catch (Exception error) when (error is FFMpegException or InstanceException or ExternalException)
        {
            throw Missing(error.Message, error);
        }
    }

    private static DataFormatException NotAFilm(string path, IReadOnlyList<string> said, Exception error)
    {
        string received = said.LastOrDefault(line => !string.IsNullOrWhiteSpace(line)) ?? error.Message;
        return new DataFormatException(NotAFilmId, path, $"expected a film that ffmpeg reads. Received: {received.Trim()}", error);
    }

    private static ProgramMissingException Missing(string received, Exception? innerException) =>
        new(
            MissingId,
            "Films are read by ffmpeg and ffprobe, which must be installed (on Debian and Ubuntu: apt install ffmpeg; on macOS: brew "
                + $"install ffmpeg; on Windows: winget install ffmpeg) and on the PATH. Received: {received}.",
            innerException
        );
}
