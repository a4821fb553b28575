using System.Diagnostics;
using System.Text.Json;

namespace ConvNetShell.Core.Tests.Interop;

/// <summary>
/// A Python with Debian's packages that runs programs one after the other, each in a fork of its own: see fork_server.py. It ends with this
/// process, whose end closes its input.
/// </summary>
internal sealed class PythonServer
{
    private const string Python = "/usr/bin/python3";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private static readonly Lazy<PythonServer?> Running = new(() => File.Exists(Python) ? new PythonServer() : null);
    private readonly Process process;
    private readonly Lock turn = new();

    private PythonServer()
    {
        string script = Path.Combine(AppContext.BaseDirectory, "Interop", "fork_server.py");
        var start = new ProcessStartInfo(Python, ["-W", "ignore", script]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        process = Process.Start(start)!;
    }

    /// <summary>Runs a program.</summary>
    /// <param name="package">The modules that it needs, with commas between: torch, for example.</param>
    /// <param name="code">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>Its exit code and what it printed; <see langword="null"/> where Python or the module is missing.</returns>
    public static (int Code, string Output, string Error)? Run(string package, string code, params string[] arguments) =>
        Running.Value?.RunHere(package, code, arguments);

    private (int Code, string Output, string Error)? RunHere(string package, string code, string[] arguments)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("cnsh-python-");
        string output = Path.Combine(folder.FullName, "output"),
            error = Path.Combine(folder.FullName, "error");
        try
        {
            lock (turn)
            {
                var request = new
                {
                    package,
                    code,
                    arguments,
                    output,
                    error,
                };
                process.StandardInput.WriteLine(JsonSerializer.Serialize(request));
                process.StandardInput.Flush();
                Task<string?> reply = process.StandardOutput.ReadLineAsync();
                if (!reply.Wait(Limit))
                {
                    process.Kill(entireProcessTree: true);
                    throw new TimeoutException($"Python took longer than {Limit}: {code}");
                }
                return reply.Result == "missing"
                    ? null
                    : (int.Parse(reply.Result!, null), File.ReadAllText(output), File.ReadAllText(error));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
