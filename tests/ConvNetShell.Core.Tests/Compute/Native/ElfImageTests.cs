using ConvNetShell.Core.Compute.Native;

namespace ConvNetShell.Core.Tests.Compute.Native;

public sealed class ElfImageTests
{
    private const string Version = "GLIBCXX_3.4.32",
        Substitute = "_ZNSt6chrono3_V212steady_clock3nowEv";

    [Fact]
    public void Only_a_few_bytes_change()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the library is an ELF file on Linux only");
        byte[] original = File.ReadAllBytes(NativeFiles.Bridge),
            relaxed = [.. original];
        Assert.Equal(1, new ElfImage(relaxed).Relax(Version, Substitute));
        int changed = original.Zip(relaxed).Count(pair => pair.First != pair.Second);
        Assert.InRange(changed, 2, 8); // one flag, one name, one version index
    }

    [Fact]
    public void Version_that_is_not_asked_for_is_named()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the library is an ELF file on Linux only");
        var error = Assert.Throws<InvalidDataException>(() =>
            new ElfImage(File.ReadAllBytes(NativeFiles.Bridge)).Relax("GLIBCXX_9.9", Substitute)
        );
        Assert.Contains("GLIBCXX_9.9", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(63)]
    [InlineData(4096)]
    public void Other_files_are_refused(int length) => Assert.Throws<InvalidDataException>(() => new ElfImage(new byte[length]));

    [Fact]
    public void File_cut_short_is_refused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the library is an ELF file on Linux only");
        byte[] original = File.ReadAllBytes(NativeFiles.Bridge);
        Assert.Throws<InvalidDataException>(() => new ElfImage(original[..4096]));
        Assert.Throws<InvalidDataException>(() => new ElfImage(original[..64]));
    }
}
