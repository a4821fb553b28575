namespace ConvNetShell.Kernel.Tests.Support;

/// <summary>A folder of Jupyter's own with our kernel in it, as a user installs it in pwsh or in cnsh.</summary>
internal sealed class JupyterHome : IDisposable
{
    /// <summary>Debian's packages that have what the scripts import.</summary>
    public const string Packages = "jupyter-notebook jupyter-nbconvert python3-jupyter-client python3-jupyter-kernel-test";

    private const string Kernel = "convnetshell";

    /// <summary>Gets the folder.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("cnsh-jupyter-").FullName;

    /// <summary>Installs the kernel and runs a script of this project's Clients with Debian's Python; fails with what it wrote.</summary>
    public void Pass(string host, string script, string modules, params IEnumerable<string> words)
    {
        Programs.NeedPython(modules, Packages);
        Install(host);
        PassScript(script, words);
    }

    /// <summary>Runs a script of this project's Clients with Debian's Python; fails with what it wrote.</summary>
    public void PassScript(string script, params IEnumerable<string> words)
    {
        (int code, string output) = Python([Path.Combine(AppContext.BaseDirectory, "Clients", script), .. words]);

        TestContext.Current.TestOutputHelper?.WriteLine(output);
        Assert.True(code == 0, output);
    }

    /// <summary>Runs Debian's Python.</summary>
    public (int Code, string Output) Python(params IEnumerable<string> words) => Programs.Python(Variables(), ["-W", "ignore", .. words]);

    /// <summary>Installs the kernel as a user does.</summary>
    public void Install(string host)
    {
        (int code, string output) =
            host == "pwsh"
                ? Programs.Tool(
                    "pwsh",
                    Variables(),
                    "-NoProfile",
                    "-Command",
                    $"Import-Module ./ConvNetShell.psd1; Install-ConvNetKernel {Kernel}"
                )
                : Programs.Run(
                    "dotnet",
                    Variables(),
                    Path.Combine(AppContext.BaseDirectory, "cnsh.dll"),
                    "kernel",
                    "install",
                    "-Name",
                    Kernel
                );
        Assert.True(code == 0, output);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private Dictionary<string, string> Variables() =>
        new()
        {
            ["JUPYTER_DATA_DIR"] = Folder,
            ["JUPYTER_RUNTIME_DIR"] = Path.Combine(Folder, "runtime"),
            ["CONVNETSHELL_HISTORY"] = Path.Combine(Folder, "history.jsonl"),
            ["CONVNETSHELL_MODULE"] = (string)AppContext.GetData("ConvNetShell.Manifest")!,
        };
}
