using System.Diagnostics;
using System.Text;

namespace ConvNetShell.Core.Tests.Interop;

/// <summary>Python and node, with the packages that tests compare with; tests without them are skipped.</summary>
internal static class ForeignProgram
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private static readonly Lazy<string?> ConvNetJs = new(InstallConvNetJs);

    /// <summary>Runs a Python program with Debian's packages.</summary>
    /// <param name="package">The module that it needs, for example torch.</param>
    /// <param name="code">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>What it printed.</returns>
    public static string RunPython(string package, string code, params string[] arguments)
    {
        (int, string, string)? result = PythonServer.Run(package, code, arguments);
        Assert.SkipWhen(result is null, $"apt-get install python3-{package} makes this test run");
        return Require(result!.Value);
    }

    /// <summary>Runs JavaScript in node with convnetjs 0.3.0 of npm, which it finds as convnetjs.</summary>
    public static string RunConvNetJs(string code, params string[] arguments)
    {
        Assert.SkipUnless(ConvNetJs.Value is not null, "node and npm make this test run; npm installs convnetjs 0.3.0");
        return Require(Run("node", ["-e", $"const convnetjs = require('{ConvNetJs.Value}');\n{code}", .. arguments]));
    }

    private static string Require((int Code, string Output, string Error) result) =>
        result.Code == 0 ? result.Output : throw new InvalidOperationException($"exit code {result.Code}: {result.Error}");

    private static string? InstallConvNetJs()
    {
        const string package = "convnetjs@0.3.0";
        string folder = Path.Combine(Path.GetTempPath(), "convnetshell-tests-convnetjs-0.3.0"),
            script = Path.Combine(folder, "node_modules", "convnetjs", "build", "convnet.js");
        if (!File.Exists(script))
        {
            Directory.CreateDirectory(folder);
            _ = Run("npm", ["install", "--no-save", "--no-audit", "--no-fund", "--prefix", folder, package]);
        }
        return File.Exists(script) && Run("node", ["--version"]).Code == 0 ? script : null;
    }

    private static (int Code, string Output, string Error) Run(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync(),
                error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Limit))
            {
                process.Kill(entireProcessTree: true);
                return (-1, string.Empty, $"{program} took longer than {Limit}");
            }
            return (process.ExitCode, output.Result, error.Result);
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            return (-1, string.Empty, error.Message);
        }
    }
}
