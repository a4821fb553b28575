namespace ConvNetShell.Host;

/// <summary>
/// Gives the engine folders it can write to. It makes its own in the user's home as it starts and ends the process where
/// that home is read-only, as in many containers; there the temp folder takes their place.
/// </summary>
internal static class WritableFolders
{
    private const string DataHome = "XDG_DATA_HOME", DatasetFolder = "CONVNETSHELL_DATA";

    private static readonly (string Variable, string Standard)[] Folders =
    [
        ("XDG_CACHE_HOME", ".cache"),
        ("XDG_CONFIG_HOME", ".config"),
        (DataHome, Path.Combine(".local", "share")),
    ];

    /// <summary>Checks each folder; must run before any type of the engine is touched.</summary>
    public static void Ensure()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        foreach ((string variable, string standard) in Folders)
        {
            string folder = Environment.GetEnvironmentVariable(variable) is { Length: > 0 } chosen ? chosen : Path.Combine(home, standard);
            if (!CanMake(Path.Combine(folder, "powershell")))
            {
                if (variable == DataHome && Environment.GetEnvironmentVariable(DatasetFolder) is null)
                {
                    Environment.SetEnvironmentVariable(DatasetFolder, Path.Combine(folder, "ConvNetShell")); // datasets can still be read there
                }

                Environment.SetEnvironmentVariable(variable, Path.Combine(Path.GetTempPath(), $"ConvNetShell-{Environment.UserName}", standard));
            }
        }
    }

    private static bool CanMake(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
