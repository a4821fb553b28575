namespace ConvNetShell.Host;

/// <summary>Finds ConvNetShell.psd1 for the program: the environment first, then beside the program, then the folders above it.</summary>
public static class ModuleLocator
{
    /// <summary>The environment variable that names the manifest.</summary>
    public const string Variable = "CONVNETSHELL_MODULE";

    private const string Manifest = "ConvNetShell.psd1";

    /// <summary>Finds the manifest.</summary>
    /// <param name="startFolder">Where to look from; usually the program's own folder.</param>
    /// <param name="named">The path the user named, or null.</param>
    /// <returns>The full path of the manifest.</returns>
    /// <exception cref="FileNotFoundException">It is in none of the folders; the message lists them.</exception>
    public static string Find(string startFolder, string? named)
    {
        if (!string.IsNullOrEmpty(named))
        {
            return File.Exists(named)
                ? Path.GetFullPath(named)
                : throw new FileNotFoundException($"{Variable} must name {Manifest}. Received: {Variable}={named}.", named);
        }

        List<string> candidates = [Path.Combine(startFolder, "ConvNetShell", Manifest)];
        for (DirectoryInfo? folder = new(startFolder); folder is not null; folder = folder.Parent)
        {
            candidates.Add(Path.Combine(folder.FullName, Manifest));
        }

        return candidates.Find(File.Exists)
            ?? throw new FileNotFoundException(
                $"The ConvNetShell module was not found. Set {Variable} to the path of {Manifest}. "
                    + $"Looked for: {string.Join(", ", candidates)}."
            );
    }
}
