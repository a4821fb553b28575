using System.Diagnostics;

namespace ConvNetShell.Module.Tests.Support;

/// <summary>A small file system that a test mounts and may fill. Only root may mount one: other users' tests are skipped.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const string Filling = "filling";
    private readonly TempFolder folder = new();
    private readonly bool isMounted;

    /// <summary>Mounts it.</summary>
    /// <param name="megabytes">Its size.</param>
    public SmallDisk(int megabytes = 3)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root on Linux can mount a small disk.");
        isMounted = Succeeds("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "cnsh-test", Path);
        if (!isMounted)
        {
            folder.Dispose();
            Assert.Skip("The system does not let root mount a small disk, as in many containers.");
        }
    }

    /// <summary>Where it is mounted.</summary>
    public string Path => folder.Path;

    /// <summary>Gets the files but the filling, with the hash of each: two equal texts mean that no file has changed.</summary>
    public string Content =>
        string.Join(
            '\n',
            Directory
                .EnumerateFiles(Path, "*", SearchOption.AllDirectories)
                .Where(file => System.IO.Path.GetFileName(file) != Filling)
                .Order(StringComparer.Ordinal)
                .Select(file => $"{file} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))}")
        );

    /// <summary>Fills it to the last byte.</summary>
    public void Fill()
    {
        using FileStream file = new(System.IO.Path.Combine(Path, Filling), FileMode.Append, FileAccess.Write, FileShare.None, 0);
        Assert.Throws<IOException>(() => WriteForever(file));
    }

    /// <summary>Removes the filling.</summary>
    public void Empty() => File.Delete(System.IO.Path.Combine(Path, Filling));

    /// <summary>Mounts it again for reading only, or for writing too.</summary>
    /// <param name="isReadOnly">Whether for reading only; files that are open for writing are waited for.</param>
    public void SetReadOnly(bool isReadOnly) =>
        Assert.True(
            SpinWait.SpinUntil(() => Succeeds("mount", "-o", isReadOnly ? "remount,ro" : "remount,rw", Path), TimeSpan.FromSeconds(20))
        );

    public void Dispose()
    {
        if (isMounted)
        {
            Assert.True(Succeeds("umount", Path));
            folder.Dispose();
        }
    }

    private static void WriteForever(FileStream file)
    {
        byte[] block = new byte[4096];
        while (true)
        {
            file.Write(block);
        }
    }

    private static bool Succeeds(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
