namespace ConvNetShell.Core.Data.Download;

/// <summary>The folders in which datasets are looked for, in this order.</summary>
/// <param name="Named">The folder that the environment variable CONVNETSHELL_DATA names, or <see langword="null"/>.</param>
/// <param name="User">The user's data folder; downloads go there.</param>
/// <param name="Shared">The machine's folder, where packages put data: /usr/share/datasets on Linux, else <see langword="null"/>.</param>
public sealed record DatasetFolders(string? Named, string User, string? Shared)
{
    /// <summary>The environment variable that names a folder with datasets.</summary>
    public const string Variable = "CONVNETSHELL_DATA";

    /// <summary>Gets the folders there are, in the order of the search.</summary>
    public IReadOnlyList<string> All => [.. new[] { Named, User, Shared }.OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>
    /// Reads the folders from the environment. The user's folder is $XDG_DATA_HOME/ConvNetShell or ~/.local/share/ConvNetShell on Linux,
    /// ~/Library/Application Support/ConvNetShell on macOS, and the local application data folder on Windows.
    /// </summary>
    /// <returns>The folders; they need not exist.</returns>
    public static DatasetFolders FromEnvironment() => FromEnvironment(Environment.GetEnvironmentVariable);

    internal static DatasetFolders FromEnvironment(Func<string, string?> variable)
    {
        string named = variable(Variable) ?? string.Empty;
        return new DatasetFolders(
            named.Length > 0 ? Path.GetFullPath(named) : null,
            Path.Combine(UserData(variable), "ConvNetShell"),
            OperatingSystem.IsLinux() ? "/usr/share/datasets" : null
        );
    }

    private static string UserData(Func<string, string?> variable)
    {
        if (OperatingSystem.IsWindows())
        {
            return Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        }

        // Services may have no HOME: then the system's list of users has the folder.
        string home = variable("HOME") is { Length: > 0 } path
            ? path
            : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        if (OperatingSystem.IsMacOS())
        {
            return Path.Combine(home, "Library", "Application Support");
        }

        // The XDG specification has relative paths ignored.
        return variable("XDG_DATA_HOME") is { Length: > 0 } xdg && Path.IsPathRooted(xdg) ? xdg : Path.Combine(home, ".local", "share");
    }
}
