namespace ConvNetShell.Host.Tests;

public sealed class ModuleLocatorTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cnsh-locator-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("ConvNetShell.psd1")]
    [InlineData("bin/ConvNetShell/ConvNetShell.psd1")]
    public void Finds_the_manifest_beside_and_above(string place)
    {
        string start = folder.CreateSubdirectory("bin").FullName;
        string manifest = Path.Combine(folder.FullName, place);
        Directory.CreateDirectory(Path.GetDirectoryName(manifest)!);
        File.WriteAllText(manifest, "@{}");

        Assert.Equal(manifest, ModuleLocator.Find(start, null));
    }

    [Fact]
    public void A_named_manifest_must_exist() =>
        Assert.Contains(
            "CONVNETSHELL_MODULE=/none.psd1",
            Assert.Throws<FileNotFoundException>(() => ModuleLocator.Find(folder.FullName, "/none.psd1")).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void The_error_names_the_places() =>
        Assert.Contains(
            Path.Combine(folder.FullName, "ConvNetShell.psd1"),
            Assert.Throws<FileNotFoundException>(() => ModuleLocator.Find(folder.FullName, null)).Message,
            StringComparison.Ordinal
        );
}
