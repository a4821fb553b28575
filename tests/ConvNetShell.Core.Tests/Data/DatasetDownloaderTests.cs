using System.Security.Cryptography;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Download;
using ConvNetShell.Core.Data.Formats;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Operators;

namespace ConvNetShell.Core.Tests.Data;

public class DatasetDownloaderTests
{
    private static readonly byte[] Content = Samples.Gzip(
        Samples.Tar(
            Samples.TarFile("cifar-10-batches-bin/data_batch_1.bin", Samples.Cifar(20)),
            Samples.TarFile("cifar-10-batches-bin/test_batch.bin", Samples.Cifar(10))
        )
    );

    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_is_downloaded_once_with_progress()
    {
        using var folder = new TestFolder();
        using var server = new LoopbackServer(Content);
        var progress = new Recorder();
        KnownDataset known = Known(Content, server.Address);
        await new DatasetDownloader().DownloadAsync(known, folder["x"], progress, Stop);
        await new DatasetDownloader().DownloadAsync(known, folder["x"], null, Stop);
        Assert.Equal(Content, await File.ReadAllBytesAsync(folder["x", "cifar-10-binary.tar.gz"], Stop));
        Assert.Equal([0], server.Starts);
        Assert.Equal(100, progress.Reports[^1].Percent);
        Assert.Single(Directory.EnumerateFiles(folder["x"]));
    }

    [Fact]
    public async Task A_broken_download_goes_on_where_it_broke_off()
    {
        using var folder = new TestFolder();
        using var server = new LoopbackServer(Content) { BreakAfter = 10_000 };
        await new DatasetDownloader().DownloadAsync(Known(Content, server.Address), folder.Root, null, Stop);
        Assert.Equal([0, 10_000], server.Starts);
        Assert.Equal(Content, await File.ReadAllBytesAsync(folder["cifar-10-binary.tar.gz"], Stop));
    }

    [Fact]
    public async Task A_part_of_an_earlier_download_is_kept()
    {
        using var folder = new TestFolder();
        using var server = new LoopbackServer(Content);
        folder.File(["cifar-10-binary.tar.gz.part"], Content.AsSpan(0, 5000));
        await new DatasetDownloader().DownloadAsync(Known(Content, server.Address), folder.Root, null, Stop);
        Assert.Equal([5000], server.Starts);
        Assert.Equal(Content, await File.ReadAllBytesAsync(folder["cifar-10-binary.tar.gz"], Stop));
    }

    [Fact]
    public async Task Mirrors_step_in_for_missing_and_wrong_files()
    {
        using var folder = new TestFolder();
        byte[] other = (byte[])Content.Clone();
        other[100] ^= 1;
        using var missing = new LoopbackServer(Content) { Status = 404 };
        using var wrong = new LoopbackServer(other);
        using var shorter = new LoopbackServer(Content[..^1]);
        using var good = new LoopbackServer(Content);
        await new DatasetDownloader().DownloadAsync(
            Known(Content, missing.Address, shorter.Address, wrong.Address, good.Address),
            folder.Root,
            null,
            Stop
        );
        Assert.Equal(Content, await File.ReadAllBytesAsync(folder["cifar-10-binary.tar.gz"], Stop));
        Assert.All([missing, shorter, wrong, good], server => Assert.Single(server.Starts));
    }

    [Fact]
    public async Task A_wrong_checksum_everywhere_is_an_error_and_leaves_nothing()
    {
        using var folder = new TestFolder();
        using var server = new LoopbackServer(Content);
        KnownDataset known = Known(Content, server.Address);
        known = known with { Files = [known.Files[0] with { Md5 = new string('0', 32) }] };
        DatasetUnavailableException error = await Assert.ThrowsAsync<DatasetUnavailableException>(() =>
            new DatasetDownloader().DownloadAsync(known, folder.Root, null, Stop)
        );
        Assert.Contains("checksum", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Root));
    }

    [Fact]
    public void Without_a_network_the_error_says_what_was_tried_and_the_cure()
    {
        using var folder = new TestFolder();
        using var gone = new LoopbackServer(Content);
        Uri address = gone.Address;
        gone.Dispose();
        var places = new DatasetFolders(folder["named"], folder["user"], null);
        KnownDataset known = Known(Content, new Uri("http://convnetshell.invalid/file"), address);
        DatasetUnavailableException error = Assert.Throws<DatasetUnavailableException>(() =>
            DatasetReader.Read(known, new ReadOptions { Places = places })
        );
        Assert.Equal("Dataset.Unavailable", error.ErrorId);
        foreach (
            string said in new[]
            {
                folder["named"],
                folder["user"],
                "convnetshell.invalid",
                "127.0.0.1",
                "Save-Dataset CIFAR10",
                "put cifar-10-binary.tar.gz in",
            }
        )
        {
            Assert.Contains(said, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_silent_server_is_given_up()
    {
        using var folder = new TestFolder();
        using var silent = new LoopbackServer(Content) { Silent = true };
        var downloader = new DatasetDownloader { StallTimeout = TimeSpan.FromMilliseconds(150) };
        DatasetUnavailableException error = await Assert.ThrowsAsync<DatasetUnavailableException>(() =>
            downloader.DownloadAsync(Known(Content, silent.Address), folder.Root, null, Stop)
        );
        Assert.Contains("no answer in time", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mirror_that_drips_is_given_up_and_the_next_one_continues()
    {
        using var folder = new TestFolder();
        using var slow = new LoopbackServer(Content) { Drips = true };
        using var good = new LoopbackServer(Content);
        var downloader = new DatasetDownloader { StallTimeout = TimeSpan.FromMilliseconds(400) };
        await downloader.DownloadAsync(Known(Content, slow.Address, good.Address), folder.Root, null, Stop);
        Assert.Equal(Content, await File.ReadAllBytesAsync(folder["cifar-10-binary.tar.gz"], Stop));
        Assert.Single(slow.Starts);
        Assert.InRange(Assert.Single(good.Starts), 10, 2000); // what came is kept
    }

    [Fact]
    public async Task A_mirror_that_drips_alone_is_an_error_that_states_the_rate()
    {
        using var folder = new TestFolder();
        using var slow = new LoopbackServer(Content) { Drips = true };
        var downloader = new DatasetDownloader { StallTimeout = TimeSpan.FromMilliseconds(400) };
        DatasetUnavailableException error = await Assert.ThrowsAsync<DatasetUnavailableException>(() =>
            downloader.DownloadAsync(Known(Content, slow.Address), folder.Root, null, Stop)
        );
        Assert.Contains("sent fewer than 10,000 bytes a second", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://127.0.0.1/file")]
    [InlineData("file:///etc/hostname")]
    [InlineData("nonsense:")]
    [InlineData("http://")]
    [InlineData("http://127.0.0.1:99999/")]
    [InlineData("data:text/plain,x")]
    public async Task A_redirection_elsewhere_fails_that_mirror_only(string target)
    {
        using var folder = new TestFolder();
        using var wrong = new LoopbackServer(Content) { Redirect = target };
        using var good = new LoopbackServer(Content);
        await new DatasetDownloader().DownloadAsync(Known(Content, wrong.Address, good.Address), folder.Root, null, Stop);
        Assert.Equal(Content, await File.ReadAllBytesAsync(folder["cifar-10-binary.tar.gz"], Stop));
        Assert.Single(wrong.Starts);
        Assert.Single(good.Starts);
    }

    [Fact]
    public async Task Cancelling_stops_and_keeps_the_part()
    {
        using var folder = new TestFolder();
        using var server = new LoopbackServer(Content);
        using var stop = new CancellationTokenSource();
        var progress = new Recorder { OnReport = stop.Cancel };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            new DatasetDownloader().DownloadAsync(Known(Content, server.Address), folder.Root, progress, stop.Token)
        );
        Assert.EndsWith(".part", Assert.Single(Directory.EnumerateFiles(folder.Root)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_named()
    {
        using var folder = new TestFolder();
        string file = folder.File(["file"], [1]);
        using var server = new LoopbackServer(Content);
        StorageException error = await Assert.ThrowsAsync<StorageException>(() =>
            new DatasetDownloader().DownloadAsync(Known(Content, server.Address), Path.Combine(file, "x"), null, Stop)
        );
        Assert.Equal("Storage.Unwritable", error.ErrorId);
        KnownDataset known = Known(Content, server.Address);
        known = known with { Files = [known.Files[0] with { Bytes = long.MaxValue / 2 }] };
        error = await Assert.ThrowsAsync<StorageException>(() => new DatasetDownloader().DownloadAsync(known, folder["y"], null, Stop));
        Assert.Equal("Storage.Full", error.ErrorId);
    }

    [Fact]
    public void Reading_downloads_into_the_users_folder_and_then_finds_it_there()
    {
        using var folder = new TestFolder();
        using var server = new LoopbackServer(Content);
        var warnings = new List<string>();
        var options = new ReadOptions { Places = new DatasetFolders(null, folder.Root, null), Warn = warnings.Add };
        KnownDataset known = Known(Content, server.Address);
        Assert.Equal(20, DatasetReader.Read(known, options).Train.Count);
        Assert.Equal("CIFAR10", DatasetReader.Read(known, options with { Download = false }).Name);
        Assert.Single(server.Starts);
        Assert.Contains("expected CIFAR10: 3x32x32, 10 classes, Train 50000", warnings[0], StringComparison.Ordinal);
    }

    private static KnownDataset Known(byte[] content, params Uri[] addresses) =>
        KnownDatasets.Cifar10 with
        {
            Files = [new KnownFile("cifar-10-binary.tar.gz", content.Length, Convert.ToHexStringLower(MD5.HashData(content)), addresses)],
        };

    private sealed class Recorder : IProgress<DataProgress>
    {
        public List<DataProgress> Reports { get; } = [];

        public Action? OnReport { get; init; }

        public void Report(DataProgress value)
        {
            Reports.Add(value);
            OnReport?.Invoke();
        }
    }
}
