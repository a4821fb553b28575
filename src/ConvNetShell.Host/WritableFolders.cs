namespace ConvNetShell.Host;

/// <summary>
/// Gives the engine folders it can write to. It makes its own in the user's home as it starts; it goes on without them where it may not,
/// but ends the process where the file system is read-only, as in many containers. There a private temporary folder replaces them.
/// </summary>
internal static class WritableFolders
{
    private const string Home = "HOME",
        DataHome = "XDG_DATA_HOME",
        DatasetFolder = "CONVNETSHELL_DATA";

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
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Home)))
        {
            // The engine would take a folder with a known name in the temporary folder, where others could have put modules.
            home = Directory.Exists(home) ? home : Substitute().FullName;
            Environment.SetEnvironmentVariable(Home, home);
        }
        foreach ((string variable, string standard) in Folders)
        {
            string folder = Environment.GetEnvironmentVariable(variable) is { Length: > 0 } chosen ? chosen : Path.Combine(home, standard);
            if (IsOnReadOnlyFileSystem(Path.Combine(folder, "powershell")))
            {
                if (variable == DataHome && Environment.GetEnvironmentVariable(DatasetFolder) is null)
                {
                    // datasets can still be read there
                    Environment.SetEnvironmentVariable(DatasetFolder, Path.Combine(folder, "ConvNetShell"));
                }

                Environment.SetEnvironmentVariable(variable, Path.Combine(Substitute().FullName, standard));
            }
        }

        if (substitute is not null)
        {
            AppDomain.CurrentDomain.ProcessExit += (_, _) => substitute.Delete(recursive: true);
        }

        // Random name, mode 0700: no other user can have put modules or profiles there.
        DirectoryInfo Substitute() => substitute ??= Directory.CreateTempSubdirectory("cnsh-");
    }

    private static bool IsOnReadOnlyFileSystem(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
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
