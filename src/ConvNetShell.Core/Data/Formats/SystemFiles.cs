namespace ConvNetShell.Core.Data.Formats;

/// <summary>Files and folders that systems and programs leave among images: they are neither classes nor images.</summary>
internal static class SystemFiles
{
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "__MACOSX",
        "@eaDir",
        "$RECYCLE.BIN",
        "System Volume Information",
        "Thumbs.db",
        "desktop.ini",
    };

    /// <summary>Returns whether a file or folder is one of them; a name that begins with a dot is.</summary>
    /// <param name="path">Its path.</param>
    public static bool Includes(string path) => Path.GetFileName(path) is var name && (name.StartsWith('.') || Names.Contains(name));

    /// <summary>Returns the sub-folders of a folder without these, in ordinal order.</summary>
    /// <param name="folder">The folder.</param>
    public static IEnumerable<string> FoldersIn(string folder) =>
        Directory.EnumerateDirectories(folder).Where(sub => !Includes(sub)).Order(StringComparer.Ordinal);

    /// <summary>Returns the names of these in some folders, each once.</summary>
    /// <param name="folders">The folders.</param>
    public static IReadOnlyList<string> NamesIn(IEnumerable<string> folders) =>
        [
            .. folders
                .SelectMany(folder => Directory.EnumerateFileSystemEntries(folder))
                .Where(Includes)
                .Select(path => Path.GetFileName(path))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
}
