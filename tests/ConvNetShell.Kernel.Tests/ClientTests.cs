using System.Diagnostics;
using ConvNetShell.Kernel.Spec;

namespace ConvNetShell.Kernel.Tests;

/// <summary>The kernel through Jupyter's own client, where this machine has one.</summary>
public sealed class ClientTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15), Leftover = TimeSpan.FromMinutes(1);
    private readonly string folder = Directory.CreateTempSubdirectory("cnsh-jupyter-").FullName;

    [Theory]
    [InlineData("conformance.py", "jupyter_kernel_test")]
    [InlineData("behaviour.py", "jupyter_client")]
    [InlineData("page.py", "notebook, tornado", "chromium")]
    [InlineData("notebooks.py", "nbconvert, tornado", "chromium")]
    public void A_suite_passes(string script, string needs, string? program = null)
    {
        Assert.SkipWhen(program is not null && !IsThere(program), $"{program} is not on this machine; Debian: apt-get install {program}");
        (int missing, string said) = Python("-c", $"import {needs}");
        Assert.SkipWhen(missing != 0, $"python3 has no {needs} ({said.Trim().Split('\n')[^1]}); Debian: apt-get install jupyter-notebook jupyter-nbconvert python3-jupyter-client python3-jupyter-kernel-test");
        Install();

        (int code, string output) = Python("-W", "ignore", Path.Combine(AppContext.BaseDirectory, "Clients", script));

        TestContext.Current.TestOutputHelper?.WriteLine(output);
        Assert.True(code == 0, output);
    }

    [Fact]
    public void Nbconvert_runs_a_notebook_to_a_page_and_fails_with_a_cell_that_fails()
    {
        Assert.SkipUnless(IsThere("jupyter-nbconvert"), "jupyter-nbconvert is not on this machine; Debian: apt-get install jupyter-nbconvert");
        Install();
        File.WriteAllText(Path.Combine(folder, "good.ipynb"), Notebook("'<b class=\\\"seen\\\">x</b>' | Out-Display -Html; 6 * 7"));
        File.WriteAllText(Path.Combine(folder, "bad.ipynb"), Notebook("Get-Item /no/such/file"));

        (int good, string said) = Python("-W", "ignore", "-m", "nbconvert", "--to", "html", "--execute", Path.Combine(folder, "good.ipynb"));
        (int bad, string error) = Python("-W", "ignore", "-m", "nbconvert", "--to", "html", "--execute", Path.Combine(folder, "bad.ipynb"));

        Assert.True(good == 0, said);
        string page = File.ReadAllText(Path.Combine(folder, "good.html"));
        Assert.Contains("<b class=\"seen\">x</b>", page, StringComparison.Ordinal);
        Assert.Contains("<pre>42</pre>", page, StringComparison.Ordinal);
        Assert.NotEqual(0, bad);
        Assert.Contains("/no/such/file", error, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string Notebook(string source) =>
        "{\"cells\":[{\"cell_type\":\"code\",\"execution_count\":null,\"metadata\":{},\"outputs\":[],\"source\":\"" + source
        + "\"}],\"metadata\":{\"kernelspec\":{\"name\":\"convnetshell\",\"display_name\":\"ConvNetShell\",\"language\":\"powershell\"}},\"nbformat\":4,\"nbformat_minor\":4}";

    private static bool IsThere(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    private void Install() => KernelSpec.Write(
        Path.Combine(folder, "kernels", "convnetshell"),
        ["dotnet", Path.Combine(AppContext.BaseDirectory, "cnsh.dll"), "kernel", "{connection_file}"],
        "ConvNetShell");

    private (int Code, string Output) Python(params IEnumerable<string> words) => Run(File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3", words);

    private (int Code, string Output) Run(string program, params IEnumerable<string> words)
    {
        var start = new ProcessStartInfo(program, words) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["JUPYTER_DATA_DIR"] = folder;
        start.Environment["JUPYTER_RUNTIME_DIR"] = Path.Combine(folder, "runtime");
        start.Environment["CONVNETSHELL_HISTORY"] = Path.Combine(folder, "history.jsonl");
        start.Environment["CONVNETSHELL_NOTEBOOKS"] = CommittedNotebookTests.Folder;
        start.Environment["CONVNETSHELL_MODULE"] = (string)AppContext.GetData("ConvNetShell.Manifest")!;
        try
        {
            using var process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
            }

            Assert.True(Task.WaitAll([output, error], Leftover), $"{program} {string.Join(' ', words)} has ended, and something that it started has not.");
            return (process.ExitCode, output.Result + error.Result);
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            return (1, error.Message);
        }
    }
}
