using System.Globalization;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Data.Download;

/// <summary>
/// Downloads the files of a known dataset: checked by length and checksum, from the publisher or a mirror, resumed where an earlier
/// download
/// broke off (a <c>.part</c> file beside the target), and gets its final name only when complete.
/// </summary>
internal sealed class DatasetDownloader
{
    private const int MostAttempts = 8;

    private readonly HttpMessageHandler? handler;

    /// <summary>Initializes a new instance of the <see cref="DatasetDownloader"/> class.</summary>
    /// <param name="handler">What sends the requests, which stays the caller's; default: a handler of its own for each download.</param>
    public DatasetDownloader(HttpMessageHandler? handler = null) => this.handler = handler;

    /// <summary>
    /// Gets the longest wait for a connection; default 4 seconds. Mirrors are tried side by side, a second apart, so without a network the
    /// whole fails in 6.
    /// </summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Gets the longest wait for the first answer or for more data; default 20 seconds.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Gets the fewest bytes a second that a mirror must send, on average over <see cref="StallTimeout"/>; default 10,000. The download
    /// continues at the next mirror if it sends fewer.
    /// </summary>
    public int LeastRate { get; init; } = 10_000;

    /// <summary>Downloads the files of a dataset that a folder lacks.</summary>
    /// <param name="known">The dataset.</param>
    /// <param name="folder">The folder; it is made if need be.</param>
    /// <param name="progress">Receives the bytes done, over all files; from any thread.</param>
    /// <param name="cancellation">Stops the download; the next one continues the partial file.</param>
    /// <returns>A task that ends when all files are there.</returns>
    /// <exception cref="DatasetUnavailableException">No mirror gave a file that matches its checksum.</exception>
    /// <exception cref="StorageException">The folder cannot be written (Storage.Unwritable) or has no room (Storage.Full).</exception>
    public async Task DownloadAsync(
        KnownDataset known,
        string folder,
        IProgress<DataProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        using var client = new HttpClient(
            handler ?? new SocketsHttpHandler { ConnectTimeout = ConnectTimeout },
            disposeHandler: handler is null
        )
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("ConvNetShell/0.1");
        long before = 0;
        foreach (KnownFile file in known.Files)
        {
            long done = before;
            void Tell(long bytes) =>
                progress?.Report(new DataProgress($"Downloading {file.Name}", done + bytes, known.DownloadBytes, "bytes"));
            using PartFile? part = PartFile.Open(folder, file);
            if (part is not null)
            {
                await FillAsync(client, known, file, part, Tell, cancellation).ConfigureAwait(false);
            }
            before += file.Bytes;
            Tell(file.Bytes);
        }
    }

    private async Task FillAsync(
        HttpClient client,
        KnownDataset known,
        KnownFile file,
        PartFile part,
        Action<long> tell,
        CancellationToken cancellation
    )
    {
        var mirrors = file.Addresses.ToList();
        var failures = new List<string>();
        var race = new MirrorRace(client, StallTimeout, failures);
        for (int attempt = 0; attempt < MostAttempts && mirrors.Count > 0; attempt++)
        {
            (Uri Address, HttpResponseMessage Response)? first = await race.FirstAsync(mirrors, part.Length, cancellation)
                .ConfigureAwait(false);
            if (first is not { } winner)
            {
                break;
            }
            using HttpResponseMessage response = winner.Response;
            long had = part.Length;
            var pace = new DownloadPace(StallTimeout, LeastRate);
            string? failure = await part.ReceiveAsync(response, pace, tell, cancellation).ConfigureAwait(false);
            failure ??= part.Complete();
            if (failure is null)
            {
                return;
            }
            failures.Add($"{winner.Address.Host}: {failure}");

            // A mirror that broke off after giving something new is worth another try, from where it broke off; one that drips is not.
            if (part.Length <= had || pace.IsTooSlow)
            {
                mirrors.Remove(winner.Address);
            }
        }
        throw new DatasetUnavailableException(
            known.Name,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{file.Name} ({file.Bytes / 1e6:0.0} MB) could not be downloaded. Tried {string.Join("; ", failures)}. On a "
                    + $"connected machine run Save-Dataset {known.Name} and copy its folder here, or put "
                    + $"{string.Join(", ", known.Files.Select(item => item.Name))} in {part.Folder}."
            )
        );
    }
}
