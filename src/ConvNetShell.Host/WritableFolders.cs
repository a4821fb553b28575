using System.Runtime.Versioning;

namespace ConvNetShell.Host;

/// <summary>
/// Gives the engine folders it can write to and trust. It makes its own in the user's home as it starts, and runs the modules it
/// finds there; it ends the process where the file system is read-only, as in many containers. There, and where other users could
/// put modules, a private temporary folder replaces them.
/// </summary>
internal static class WritableFolders
{
    private const string Home = "HOME",
        DataHome = "XDG_DATA_HOME",
        DatasetFolder = "CONVNETSHELL_DATA",
        Engine = "powershell";

    private static readonly (string Variable, string Standard)[] Folders =
    [
        ("XDG_CACHE_HOME", ".cache"),
        ("XDG_CONFIG_HOME", ".config"),
        (DataHome, Path.Combine(".local", "share")),
    ];

    /// <summary>Checks each folder. Must run before any type of the engine is touched.</summary>
    public static void Ensure()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        DirectoryInfo? substitute = null;
        HashSet<string> faults = [];
        string home = Environment.GetEnvironmentVariable(Home) ?? string.Empty;
        if (home.Length == 0)
        {
            // The engine would take a folder with a known name in the temporary folder, where others could have put modules.
            home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            home = home.Length > 0 ? home : Substitute().FullName;
            Environment.SetEnvironmentVariable(Home, home);
        }
        foreach ((string variable, string standard) in Folders)
        {
            string? chosen = Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
            string folder = chosen ?? Path.Combine(home, standard);
            bool isReadOnly = IsOnReadOnlyFileSystem(Path.Combine(folder, Engine)); // makes it, so that nobody else can after the check
            string? fault = chosen is null
                ? FolderTrust.Fault(home, [.. standard.Split(Path.DirectorySeparatorChar), Engine])
                : FolderTrust.Fault(folder, Engine);
            if (isReadOnly || fault is not null)
            {
                if (fault is null && variable == DataHome && Environment.GetEnvironmentVariable(DatasetFolder) is null)
                {
                    // datasets can still be read there
                    Environment.SetEnvironmentVariable(DatasetFolder, Path.Combine(folder, "ConvNetShell"));
                }
                Environment.SetEnvironmentVariable(variable, Path.Combine(Substitute().FullName, standard));
            }
            if (fault is not null && faults.Add(fault))
            {
                Console.Error.WriteLine(
                    $"cnsh: refused {folder}, because {fault} and could put programs there. A temporary folder is used for this session. "
                        + $"Set HOME or {variable} to a folder of your own."
                );
            }
        }

        if (substitute is not null)
        {
            AppDomain.CurrentDomain.ProcessExit += (_, _) => substitute.Delete(recursive: true);
        }

        // Random name, mode 0700: no other user can have put modules or profiles there.
        DirectoryInfo Substitute() => substitute ??= Directory.CreateTempSubdirectory("cnsh-");
    }

    [UnsupportedOSPlatform("windows")]
    private static bool IsOnReadOnlyFileSystem(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return false; // the engine passes over this one
        }
        catch (IOException)
        {
            return true;
        }
    }
}
