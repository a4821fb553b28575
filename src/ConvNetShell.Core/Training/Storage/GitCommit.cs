namespace ConvNetShell.Core.Training.Storage;

/// <summary>Finds the commit that a folder's git repository is at, from its files.</summary>
internal static class GitCommit
{
    private const string Reference = "ref: ",
        Linked = "gitdir: ";

    /// <summary>Returns the commit.</summary>
    /// <param name="folder">A folder in the repository.</param>
    /// <returns>The hash of the commit; <see langword="null"/> outside a repository and before its first commit.</returns>
    public static string? Of(string folder)
    {
        try
        {
            return Repository(folder) is { } repository ? Head(repository) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null; // a repository that cannot be read says nothing
        }
    }

    private static string? Repository(string folder)
    {
        for (DirectoryInfo? at = new(folder); at is not null; at = at.Parent)
        {
            string git = Path.Combine(at.FullName, ".git");
            if (Directory.Exists(git))
            {
                return git;
            }
            if (File.Exists(git) && File.ReadAllText(git).Trim() is var text && text.StartsWith(Linked, StringComparison.Ordinal))
            {
                return Path.GetFullPath(text[Linked.Length..], at.FullName);
            }
        }
        return null;
    }

    private static string? Head(string repository)
    {
        string head = File.ReadAllText(Path.Combine(repository, "HEAD")).Trim();
        if (!head.StartsWith(Reference, StringComparison.Ordinal))
        {
            return head;
        }
        string name = head[Reference.Length..];
        string shared = Path.Combine(repository, "commondir");
        string common = File.Exists(shared) ? Path.GetFullPath(File.ReadAllText(shared).Trim(), repository) : repository;
        string file = Path.Combine(common, name),
            packed = Path.Combine(common, "packed-refs");
        return File.Exists(file) ? File.ReadAllText(file).Trim()
            : File.Exists(packed)
                ? File.ReadLines(packed).FirstOrDefault(line => line.EndsWith(" " + name, StringComparison.Ordinal))?.Split(' ')[0]
            : null;
    }
}
