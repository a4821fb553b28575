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

    /// <summary>Returns the sub-folders of a folder that can be read, without these, in ordinal order.</summary>
    /// <param name="folder">The folder.</param>
    public static IEnumerable<string> FoldersIn(string folder) => All(folder).Where(IsReadable).Order(StringComparer.Ordinal);

    /// <summary>Returns the sub-folders that cannot be read: the user may not, or their name is not UTF-8.</summary>
    /// <param name="folder">The folder.</param>
    public static IEnumerable<string> UnreadableIn(string folder) =>
        All(folder).Where(sub => !IsReadable(sub)).Order(StringComparer.Ordinal);

    private static IEnumerable<string> All(string folder) => Directory.EnumerateDirectories(folder).Where(sub => !Includes(sub));

    private static bool IsReadable(string folder)
    {
        try
        {
            _ = Directory.EnumerateFileSystemEntries(folder).Any();
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

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
