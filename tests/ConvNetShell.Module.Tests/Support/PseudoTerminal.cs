using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace ConvNetShell.Module.Tests.Support;

/// <summary>A terminal of 100 columns and 40 rows that a fresh cnsh takes for its own, on Linux.</summary>
internal static partial class PseudoTerminal
{
    private const int ReadWrite = 2; // O_RDWR
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>Runs a script and returns all that came to the terminal.</summary>
    /// <param name="script">The script.</param>
    /// <param name="question">What the terminal answers to.</param>
    /// <param name="answer">What it answers; <see langword="null"/> for a terminal that never does.</param>
    /// <param name="environment">Variables besides TERM.</param>
    public static string Run(string script, string question, string? answer, IReadOnlyDictionary<string, string> environment)
    {
        using var home = new TempFolder();
        using SafeFileHandle terminal = Open(ReadWrite);
        Assert.False(terminal.IsInvalid);
        Assert.Equal(0, Grant(terminal));
        Assert.Equal(0, Unlock(terminal));
        string name = Marshal.PtrToStringUTF8(Name(terminal))!;

        // The shell opens the terminal as its first one, which makes it the session's own.
        var start = new ProcessStartInfo(
            "setsid",
            [
                "--wait",
                "sh",
                "-c",
                "exec <\"$0\" >\"$0\" 2>\"$0\"; stty cols 100 rows 40; exec dotnet \"$1\" -Command \"$2\"",
                name,
                Path.Combine(AppContext.BaseDirectory, "cnsh.dll"),
                script,
            ]
        )
        {
            WorkingDirectory = home.Path,
        };
        start.Environment.Remove("NO_COLOR");
        start.Environment["TERM"] = "xterm-256color";
        start.Environment["CONVNETSHELL_MODULE"] = ModulePaths.Manifest;
        start.Environment["HOME"] = home.Path;
        foreach ((string key, string value) in environment)
        {
            start.Environment[key] = value;
        }
        using var process = Process.Start(start)!;
        var output = new StringBuilder();
        var reader = new Thread(() => Read(terminal, output, question, answer)) { IsBackground = true };
        reader.Start();
        try
        {
            Assert.True(process.WaitForExit(Patience), $"cnsh has not ended: {script}");
            Assert.True(reader.Join(Patience));
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
        return output.ToString();
    }

    private static void Read(SafeFileHandle terminal, StringBuilder output, string question, string? answer)
    {
        var buffer = new byte[4096];
        int asked = 0;
        while (true)
        {
            nint count = ReadBytes(terminal, buffer, (nuint)buffer.Length);
            if (count < 0 && output.Length == 0)
            {
                Thread.Sleep(10); // nobody has opened the other end yet
                continue;
            }
            if (count <= 0)
            {
                return; // the last one has closed it
            }
            output.Append(Encoding.UTF8.GetString(buffer, 0, (int)count));
            int at = output.ToString().IndexOf(question, asked, StringComparison.Ordinal);
            if (at >= 0 && answer is not null)
            {
                asked = at + question.Length;
                byte[] bytes = Encoding.ASCII.GetBytes(answer);
                WriteBytes(terminal, bytes, (nuint)bytes.Length);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "posix_openpt")]
    private static partial SafeFileHandle Open(int flags);

    [LibraryImport("libc", EntryPoint = "grantpt")]
    private static partial int Grant(SafeFileHandle terminal);

    [LibraryImport("libc", EntryPoint = "unlockpt")]
    private static partial int Unlock(SafeFileHandle terminal);

    [LibraryImport("libc", EntryPoint = "ptsname")]
    private static partial nint Name(SafeFileHandle terminal);

    [LibraryImport("libc", EntryPoint = "read")]
    private static partial nint ReadBytes(SafeFileHandle terminal, byte[] buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint WriteBytes(SafeFileHandle terminal, byte[] buffer, nuint count);
}
