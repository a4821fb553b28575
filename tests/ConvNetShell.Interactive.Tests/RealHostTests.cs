using ConvNetShell.Kernel.Tests.Support;

namespace ConvNetShell.Interactive.Tests;

/// <summary>.NET Interactive itself, through Jupyter and without a network: the three ways of the README.</summary>
[Trait("Speed", "Slow")]
public sealed class RealHostTests : IDisposable
{
    private static readonly Dictionary<string, string> None = [];
    private readonly string folder = Directory.CreateTempSubdirectory("cnsh-interactive-").FullName;

    [Theory]
    [InlineData("test_the_module_in_the_powershell_kernel")]
    [InlineData("test_the_package_in_csharp")]
    [InlineData("test_the_build_in_csharp")]
    public void Records_draw_themselves(string way)
    {
        Programs.NeedPython("jupyter_client", "python3-jupyter-client");
        (int version, string said) = Programs.Tool("dotnet-interactive", None, "--version");
        Assert.True(version == 0, said);
        string feed = Directory.CreateDirectory(Path.Combine(folder, "feed")).FullName;
        if (way.Contains("package", StringComparison.Ordinal))
        {
            (int packed, string log) = Programs.Run(
                "dotnet",
                None,
                "msbuild",
                "src/Packages.proj",
                "-t:PackLibraries",
                $"-p:Configuration={Configuration}",
                $"-p:Artifacts={feed}"
            );
            Assert.True(packed == 0, log);
        }

        var variables = new Dictionary<string, string>
        {
            ["JUPYTER_DATA_DIR"] = folder,
            ["JUPYTER_RUNTIME_DIR"] = Path.Combine(folder, "runtime"),
            ["CONVNETSHELL_ROOT"] = Programs.Repository,
            ["CONVNETSHELL_FEED"] = feed,
            ["CONVNETSHELL_PACKAGES"] =
                Environment.GetEnvironmentVariable("NUGET_PACKAGES")
                ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages"),
        };
        (int code, string output) = Programs.Python(
            variables,
            "-W",
            "ignore",
            Path.Combine(AppContext.BaseDirectory, "Clients", "interactive.py"),
            "InteractiveTests." + way
        );

        TestContext.Current.TestOutputHelper?.WriteLine(output);
        Assert.True(code == 0, output);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    // The tests lie in bin/Release/net10.0, or Debug.
    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Parent!.Name;
}
