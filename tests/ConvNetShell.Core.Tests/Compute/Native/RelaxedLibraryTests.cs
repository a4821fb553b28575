using ConvNetShell.Core.Compute.Native;

namespace ConvNetShell.Core.Tests.Compute.Native;

public sealed class RelaxedLibraryTests
{
    public RelaxedLibraryTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "the cure is for Linux");

    [Fact]
    public void A_copy_differs_in_a_few_bytes_and_the_original_stays()
    {
        byte[] original = File.ReadAllBytes(NativeFiles.Bridge);
        byte[] copy = RelaxedLibrary.Make(NativeFiles.Bridge);

        Assert.Equal(original.Length, copy.Length);
        Assert.InRange(original.Zip(copy).Count(pair => pair.First != pair.Second), 1, 100);
        Assert.Equal(original, File.ReadAllBytes(NativeFiles.Bridge));
    }

    [Fact]
    public void Other_files_are_refused()
    {
        string text = Path.GetTempFileName();
        try
        {
            File.WriteAllText(text, new string('x', 500));
            Assert.Throws<InvalidDataException>(() => RelaxedLibrary.Make(text));
        }
        finally
        {
            File.Delete(text);
        }
    }

    [Theory]
    [InlineData("/lib/libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by libLibTorchSharp.so)", true)]
    [InlineData("libgomp.so.1: cannot open shared object file", false)]
    public void Only_the_one_error_is_cured(string message, bool cured) => Assert.Equal(cured, RelaxedLibrary.IsCureFor(message));
}
