using ConvNetShell.Core.Compute.Native;

namespace ConvNetShell.Core.Tests.Native;

/// <summary>Every test has a cache folder of its own; the variables are the process's and are put back.</summary>
public sealed class RelaxedLibraryTests : IDisposable
{
    private readonly string? cacheBefore = Environment.GetEnvironmentVariable("XDG_CACHE_HOME"),
        tempBefore = Environment.GetEnvironmentVariable("TMPDIR");
    private readonly string folder = Directory.CreateTempSubdirectory("relaxed").FullName;

    public RelaxedLibraryTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the cure is for Linux");
        Environment.SetEnvironmentVariable("XDG_CACHE_HOME", Path.Combine(folder, "cache"));
        Environment.SetEnvironmentVariable("TMPDIR", Path.Combine(folder, "temp"));
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("XDG_CACHE_HOME", cacheBefore);
        Environment.SetEnvironmentVariable("TMPDIR", tempBefore);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Copy_is_made_once_and_the_original_stays()
    {
        byte[] original = File.ReadAllBytes(NativeFiles.Bridge);
        string copy = RelaxedLibrary.Make(NativeFiles.Bridge);
        Assert.StartsWith(Path.Combine(folder, "cache", "ConvNetShell", "native"), copy, StringComparison.Ordinal);
        DateTime written = DateTime.UnixEpoch.AddDays(1);
        File.SetLastWriteTimeUtc(copy, written);
        Assert.Equal(copy, RelaxedLibrary.Make(NativeFiles.Bridge));
        Assert.Equal(written, File.GetLastWriteTimeUtc(copy));
        Assert.Equal(original, File.ReadAllBytes(NativeFiles.Bridge));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(copy)!)); // no draft is left
    }

    [Fact]
    public void Copy_that_somebody_changed_is_replaced()
    {
        string copy = RelaxedLibrary.Make(NativeFiles.Bridge);
        byte[] good = File.ReadAllBytes(copy);
        File.WriteAllText(copy, "something else");
        Assert.Equal(copy, RelaxedLibrary.Make(NativeFiles.Bridge));
        Assert.Equal(good, File.ReadAllBytes(copy));
    }

    [Fact]
    public void Cache_that_cannot_be_written_falls_back_to_the_temp_folder()
    {
        File.WriteAllText(Path.Combine(folder, "cache"), "a file where the folder should be"); // holds for root too, unlike permissions
        Assert.StartsWith(Path.Combine(folder, "temp"), RelaxedLibrary.Make(NativeFiles.Bridge), StringComparison.Ordinal);
    }

    [Fact]
    public void No_folder_at_all_says_what_went_wrong()
    {
        File.WriteAllText(Path.Combine(folder, "cache"), "no folder");
        File.WriteAllText(Path.Combine(folder, "temp"), "no folder");
        Assert.Equal(2, Assert.Throws<AggregateException>(() => RelaxedLibrary.Make(NativeFiles.Bridge)).InnerExceptions.Count);
    }

    [Fact]
    public void Other_files_are_refused()
    {
        string text = Path.Combine(folder, "text.so");
        File.WriteAllText(text, new string('x', 500));
        Assert.Throws<InvalidDataException>(() => RelaxedLibrary.Make(text));
    }

    [Theory]
    [InlineData("/lib/libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by libLibTorchSharp.so)", true)]
    [InlineData("libgomp.so.1: cannot open shared object file", false)]
    public void Only_the_one_error_is_cured(string message, bool cured) => Assert.Equal(cured, RelaxedLibrary.IsCureFor(message));
}
