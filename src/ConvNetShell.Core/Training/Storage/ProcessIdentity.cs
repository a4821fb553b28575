using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ConvNetShell.Core.Training.Storage;

/// <summary>Identifies a process on a machine, also after its number was given to another process.</summary>
/// <param name="Machine">The machine's name.</param>
/// <param name="System">A hash of the machine's start and of the container, so that equal numbers are not confused.</param>
/// <param name="Id">The process number.</param>
/// <param name="Start">When the process began, in the system's own count.</param>
public sealed record ProcessIdentity(string Machine, string System, int Id, string Start)
{
    private const int StartField = 22; // of /proc/PID/stat, from 1

    /// <summary>Returns the identity of this process.</summary>
    /// <returns>The identity.</returns>
    public static ProcessIdentity Current() => Of(Environment.ProcessId);

    /// <summary>Returns the identity of a process of this machine.</summary>
    /// <param name="id">The process number.</param>
    /// <returns>The identity.</returns>
    public static ProcessIdentity Of(int id) => new(Environment.MachineName, SystemId(), id, StartOf(id) ?? string.Empty);

    /// <summary>Returns whether the process is alive; <see langword="null"/> where it is on another machine.</summary>
    /// <returns>Whether it is alive, or <see langword="null"/>.</returns>
    public bool? IsAlive() => Machine != Environment.MachineName || System != SystemId() ? null : StartOf(Id) == Start;

    private static string SystemId()
    {
        string text = OperatingSystem.IsLinux()
            ? File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim() + new FileInfo("/proc/self/ns/pid").LinkTarget
            : Environment.MachineName;
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 6));
    }

    private static string? StartOf(int id)
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                string stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
                string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                return fields[0] is "Z" or "X" ? null : fields[StartField - 3]; // a zombie has ended
            }
            using Process process = Process.GetProcessById(id);
            return process.StartTime.ToUniversalTime().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        }
        catch (Exception error) when (error is IOException or ArgumentException or InvalidOperationException)
        {
            return null; // no such process
        }
    }
}
