using ConvNetShell.Display.Files;

namespace ConvNetShell.Display.Tests;

public sealed class AtomicFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("cnsh-atomic-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_content_takes_the_place_of_what_was_there()
    {
        string path = Path.Combine(folder, "a.txt");
        AtomicFile.Write(path, [1, 2]);
        AtomicFile.Write(path, [3]);

        Assert.Equal([3], File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(folder));
    }

    [Fact]
    public void A_writer_that_fails_leaves_the_earlier_file_and_nothing_else()
    {
        string path = Path.Combine(folder, "a.txt");
        AtomicFile.Write(path, [1, 2]);

        Assert.Throws<IOException>(() =>
            AtomicFile.Write(
                path,
                file =>
                {
                    file.WriteByte(9);
                    throw new IOException("No space left on device");
                }
            )
        );
        Assert.Equal([1, 2], File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(folder));
    }

    [Fact]
    public void A_full_disk_leaves_the_earlier_file()
    {
        const string full = "/dev/full";
        Assert.SkipUnless(File.Exists(full), "This system has no /dev/full.");
        string path = Path.Combine(folder, "a.txt");
        AtomicFile.Write(path, [1, 2]);

        Assert.Throws<IOException>(() =>
            AtomicFile.Write(
                path,
                _ =>
                {
                    using var device = new FileStream(full, FileMode.Open, FileAccess.Write, FileShare.None, 0);
                    device.Write([1]);
                }
            )
        );
        Assert.Equal([1, 2], File.ReadAllBytes(path));
    }

    [Fact]
    public void A_planted_link_is_replaced_and_its_target_is_as_it_was()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege on Windows.");
        string path = Path.Combine(folder, "a.txt"),
            victim = Path.Combine(folder, "victim");
        File.WriteAllBytes(victim, [7]);
        File.CreateSymbolicLink(path, victim);
        AtomicFile.Write(path, [1]);

        Assert.Equal([7], File.ReadAllBytes(victim));
        Assert.Equal([1], File.ReadAllBytes(path));
        Assert.Null(new FileInfo(path).LinkTarget);
    }

    [Fact]
    public void A_read_only_file_is_not_replaced()
    {
        string path = Path.Combine(folder, "a.txt");
        AtomicFile.Write(path, [1]);
        File.SetAttributes(path, FileAttributes.ReadOnly);

        Assert.Throws<UnauthorizedAccessException>(() => AtomicFile.Write(path, [2]));
        Assert.Equal([path], Directory.GetFiles(folder));
        File.SetAttributes(path, FileAttributes.Normal);
    }
}
