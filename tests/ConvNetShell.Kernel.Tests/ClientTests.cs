using System.Diagnostics;
using ConvNetShell.Kernel.Spec;

namespace ConvNetShell.Kernel.Tests;

/// <summary>The kernel through Jupyter's own client, where this machine has one.</summary>
public sealed class ClientTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly string folder = Directory.CreateTempSubdirectory("cnsh-jupyter-").FullName;

    [Theory]
    [InlineData("conformance.py", "jupyter_kernel_test")]
    [InlineData("behaviour.py", "jupyter_client")]
    public void A_suite_passes(string script, string needs)
    {
        (int missing, string said) = Python("-c", $"import {needs}");
        Assert.SkipWhen(missing != 0, $"python3 has no {needs} ({said.Trim().Split('\n')[^1]}); Debian: apt-get install python3-jupyter-client python3-jupyter-kernel-test");
        KernelSpec.Write(
            Path.Combine(folder, "kernels", "convnetshell"),
            ["dotnet", Path.Combine(AppContext.BaseDirectory, "cnsh.dll"), "kernel", "{connection_file}"],
            "ConvNetShell");

        (int code, string output) = Python("-W", "ignore", Path.Combine(AppContext.BaseDirectory, "Clients", script));

        TestContext.Current.TestOutputHelper?.WriteLine(output);
        Assert.True(code == 0, output);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private (int Code, string Output) Python(params string[] words)
    {
        var start = new ProcessStartInfo(File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3", words) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["JUPYTER_DATA_DIR"] = folder;
        start.Environment["JUPYTER_RUNTIME_DIR"] = Path.Combine(folder, "runtime");
        start.Environment["CONVNETSHELL_HISTORY"] = Path.Combine(folder, "history.jsonl");
        start.Environment["CONVNETSHELL_MODULE"] = (string)AppContext.GetData("ConvNetShell.Manifest")!;
        try
        {
            using var process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
            }

            return (process.ExitCode, output.Result + error.Result);
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            return (1, error.Message);
        }
    }
}
