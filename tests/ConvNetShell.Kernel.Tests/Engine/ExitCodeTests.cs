using ConvNetShell.Kernel.Tests.Support;

namespace ConvNetShell.Kernel.Tests.Engine;

/// <summary>What a CI job sees of a notebook or a kernel that fails: the exit code of real pwsh, and of cnsh.</summary>
public sealed class ExitCodeTests : IDisposable
{
    private const string Import = "Import-Module ./ConvNetShell.psd1";
    private readonly string folder = Directory.CreateTempSubdirectory("cnsh-exit-").FullName;

    public ExitCodeTests()
    {
        File.WriteAllText(
            Path.Combine(folder, "bad.ipynb"),
            "{\"cells\":[{\"cell_type\":\"code\",\"execution_count\":null,\"metadata\":{},\"outputs\":[],\"source\":\"throw "
                + "'on purpose'\"}],\"metadata\":{},\"nbformat\":4,\"nbformat_minor\":4}"
        );
        string kernel = Directory.CreateDirectory(Path.Combine(folder, "kernels", "broken")).FullName;
        File.WriteAllText(Path.Combine(kernel, "kernel.json"), "{\"argv\":[\"dotnet\",\"no-such.dll\",\"{connection_file}\"]}");
    }

    [Fact]
    public void A_notebook_that_fails_ends_a_script_file()
    {
        File.WriteAllText(Path.Combine(folder, "job.ps1"), $"{Import}\nInvoke-Notebook '{folder}/bad.ipynb'\n'after'\n");

        (int code, string output) = Programs.Tool("pwsh", Variables, "-NoProfile", "-File", Path.Combine(folder, "job.ps1"));

        Assert.Contains("Cell 1 of bad.ipynb failed", output, StringComparison.Ordinal);
        Assert.DoesNotContain("after", output, StringComparison.Ordinal);
        Assert.Equal(1, code);
    }

    [Fact]
    public void A_notebook_that_fails_ends_a_command()
    {
        (int code, string output) = Programs.Tool(
            "pwsh",
            Variables,
            "-NoProfile",
            "-Command",
            $"{Import}; Invoke-Notebook '{folder}/bad.ipynb'; 'after'"
        );

        Assert.DoesNotContain("after", output, StringComparison.Ordinal);
        Assert.Equal(1, code);
    }

    [Fact]
    public void A_kernel_that_does_not_start_fails_its_test()
    {
        (int code, string output) = Programs.Tool(
            "pwsh",
            Variables,
            "-NoProfile",
            "-Command",
            $"{Import}; Test-ConvNetKernel broken -TimeoutSeconds 5"
        );
        (int cnsh, string said) = Programs.Run(
            "dotnet",
            Variables,
            Path.Combine(AppContext.BaseDirectory, "cnsh.dll"),
            "kernel",
            "test",
            "-Name",
            "broken",
            "-TimeoutSeconds",
            "5"
        );

        Assert.Contains("6 * 7 = 42", output, StringComparison.Ordinal);
        Assert.True(code == 1, output);
        Assert.True(cnsh == 1, said);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private Dictionary<string, string> Variables => new() { ["JUPYTER_DATA_DIR"] = folder };
}
