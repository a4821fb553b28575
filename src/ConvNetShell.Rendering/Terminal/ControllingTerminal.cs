using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace ConvNetShell.Rendering.Terminal;

/// <summary>Asks the terminal of this process a question, on Linux and macOS.</summary>
internal static partial class ControllingTerminal
{
    private const string Device = "/dev/tty",
        C = "libc";
    private const int Now = 0,
        SettingsRoom = 256; // TCSANOW; the settings are 60 to 72 bytes, which nothing here looks into
    private const short Readable = 1; // POLLIN

    /// <summary>
    /// Returns what the terminal answers; <see langword="null"/> where there is none, if this process may not ask it, or where something is
    /// typed already.
    /// </summary>
    /// <param name="question">The text written to the terminal.</param>
    /// <param name="complete">Whether the answer is whole.</param>
    /// <param name="patience">How long is waited at most.</param>
    public static string? Ask(string question, Func<string, bool> complete, TimeSpan patience)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(Device))
        {
            return null;
        }
        try
        {
            using var stream = new FileStream(Device, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
            SafeFileHandle terminal = stream.SafeFileHandle;
            // A process in the background would be stopped for touching the settings; typed keys would be lost among the answer.
            return ForegroundGroup(terminal) == ProcessGroup() && !Wait(terminal, TimeSpan.Zero)
                ? Ask(stream, question, complete, patience)
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null; // no terminal belongs to this process
        }
    }

    private static string? Ask(FileStream stream, string question, Func<string, bool> complete, TimeSpan patience)
    {
        SafeFileHandle terminal = stream.SafeFileHandle;
        byte[] before = new byte[SettingsRoom];
        if (GetSettings(terminal, before) != 0)
        {
            return null;
        }
        byte[] raw = [.. before];
        MakeRaw(raw); // neither echoed nor held back until Enter
        SetSettings(terminal, Now, raw);
        try
        {
            stream.Write(Encoding.ASCII.GetBytes(question));
            var answer = new StringBuilder();
            var since = Stopwatch.StartNew();
            var buffer = new byte[512];
            while (!complete(answer.ToString()) && Wait(terminal, patience - since.Elapsed))
            {
                int count = stream.Read(buffer);
                if (count == 0)
                {
                    break; // hung up
                }
                answer.Append(Encoding.Latin1.GetString(buffer, 0, count));
            }
            return answer.ToString();
        }
        finally
        {
            SetSettings(terminal, Now, before);
        }
    }

    private static bool Wait(SafeFileHandle terminal, TimeSpan patience)
    {
        var until = Stopwatch.StartNew();
        while (true)
        {
            var request = new PollRequest { Handle = (int)terminal.DangerousGetHandle(), Events = Readable };
            int ready = Poll(ref request, 1, (int)Math.Max(0, (patience - until.Elapsed).TotalMilliseconds));
            if (ready >= 0)
            {
                return ready > 0 && (request.Returned & Readable) != 0;
            }
            // Interrupted by a signal: wait for the rest of the time.
        }
    }

    [LibraryImport(C, EntryPoint = "tcgetattr")]
    private static partial int GetSettings(SafeFileHandle terminal, byte[] settings);

    [LibraryImport(C, EntryPoint = "tcsetattr")]
    private static partial int SetSettings(SafeFileHandle terminal, int when, byte[] settings);

    [LibraryImport(C, EntryPoint = "cfmakeraw")]
    private static partial void MakeRaw(byte[] settings);

    [LibraryImport(C, EntryPoint = "tcgetpgrp")]
    private static partial int ForegroundGroup(SafeFileHandle terminal);

    [LibraryImport(C, EntryPoint = "getpgrp")]
    private static partial int ProcessGroup();

    [LibraryImport(C, EntryPoint = "poll")]
    private static partial int Poll(ref PollRequest request, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollRequest
    {
        public int Handle;
        public short Events;
        public short Returned;
    }
}
