using ConvNetShell.Kernel.Tests.Notebooks;
using ConvNetShell.Kernel.Tests.Support;

namespace ConvNetShell.Kernel.Tests.Clients;

/// <summary>The kernel through Jupyter's own client, where this machine has one: in pwsh and in cnsh, each installed by itself.</summary>
[Trait("Speed", "Slow")]
public sealed class ClientTests : IDisposable
{
    private const string Packages = "jupyter-notebook jupyter-nbconvert python3-jupyter-client python3-jupyter-kernel-test",
        Kernel = "convnetshell";
    private readonly string folder = Directory.CreateTempSubdirectory("cnsh-jupyter-").FullName;

    // What the protocol, the page and the notebooks do is the same in both programs, so one of them is enough there.
    [Theory]
    [InlineData("pwsh", "conformance.py", "jupyter_kernel_test")]
    [InlineData("cnsh", "conformance.py", "jupyter_kernel_test")]
    [InlineData("pwsh", "behavior.py", "jupyter_client")]
    [InlineData("cnsh", "behavior.py", "jupyter_client")]
    [InlineData("pwsh", "protocol.py", "jupyter_client")]
    [InlineData("pwsh", "page.py", "notebook, tornado", "chromium")]
    [InlineData("cnsh", "notebooks.py", "nbconvert, tornado", "chromium")]
    public void A_suite_passes(string host, string script, string needs, string? program = null)
    {
        Assert.SkipWhen(
            program is not null && !Programs.IsThere(program),
            $"{program} is not on this machine; Debian: apt-get install {program}"
        );
        Programs.NeedPython(needs, Packages);
        Install(host);

        (int code, string output) = Programs.Python(Variables(), "-W", "ignore", Path.Combine(AppContext.BaseDirectory, "Clients", script));

        TestContext.Current.TestOutputHelper?.WriteLine(output);
        Assert.True(code == 0, output);
    }

    [Theory]
    [InlineData("pwsh")]
    [InlineData("cnsh")]
    public void Nbconvert_runs_a_notebook_to_a_page_and_fails_with_a_cell_that_fails(string host)
    {
        Assert.SkipUnless(
            Programs.IsThere("jupyter-nbconvert"),
            "jupyter-nbconvert is not on this machine; Debian: apt-get install jupyter-nbconvert"
        );
        Install(host);
        File.WriteAllText(Path.Combine(folder, "good.ipynb"), Notebook("'<b class=\\\"seen\\\">x</b>' | Out-Display -Html; 6 * 7"));
        File.WriteAllText(Path.Combine(folder, "bad.ipynb"), Notebook("Get-Item /no/such/file"));

        (int good, string said) = Programs.Python(
            Variables(),
            "-W",
            "ignore",
            "-m",
            "nbconvert",
            "--to",
            "html",
            "--execute",
            Path.Combine(folder, "good.ipynb")
        );
        (int bad, string error) = Programs.Python(
            Variables(),
            "-W",
            "ignore",
            "-m",
            "nbconvert",
            "--to",
            "html",
            "--execute",
            Path.Combine(folder, "bad.ipynb")
        );

        Assert.True(good == 0, said);
        string page = File.ReadAllText(Path.Combine(folder, "good.html"));
        Assert.Contains("<b class=\"seen\">x</b>", page, StringComparison.Ordinal);
        Assert.Contains("<pre>42</pre>", page, StringComparison.Ordinal);
        Assert.NotEqual(0, bad);
        Assert.Contains("/no/such/file", error, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string Notebook(string source) =>
        "{\"cells\":[{\"cell_type\":\"code\",\"execution_count\":null,\"metadata\":{},\"outputs\":[],\"source\":\""
        + source
        + "\"}],\"metadata\":{\"kernelspec\":{\"name\":\"convnetshell\",\"display_name\":\"ConvNetShell\",\"language\":\"powershell\"}},"
        + "\"nbformat\":4,\"nbformat_minor\":4}";

    private void Install(string host)
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

    private Dictionary<string, string> Variables() =>
        new()
        {
            ["JUPYTER_DATA_DIR"] = folder,
            ["JUPYTER_RUNTIME_DIR"] = Path.Combine(folder, "runtime"),
            ["CONVNETSHELL_HISTORY"] = Path.Combine(folder, "history.jsonl"),
            ["CONVNETSHELL_NOTEBOOKS"] = CommittedNotebookTests.Folder,
            ["CONVNETSHELL_MODULE"] = (string)AppContext.GetData("ConvNetShell.Manifest")!,
        };
}
