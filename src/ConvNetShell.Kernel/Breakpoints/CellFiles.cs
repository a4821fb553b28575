using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace ConvNetShell.Kernel.Breakpoints;

/// <summary>
/// The names of files that stand for cells in the debug protocol: a prefix, the hash of the cell's text, and a suffix. Front ends make the
/// names themselves and ask for the text by it; there are no such files.
/// </summary>
internal sealed class CellFiles
{
    /// <summary>The hash, as the protocol names it.</summary>
    public const string HashMethod = "Murmur2";

    /// <summary>What the hash starts from.</summary>
    public const uint HashSeed = 0xC70F6907;

    /// <summary>The end of each name.</summary>
    public const string Suffix = ".ps1";

    private readonly ConcurrentDictionary<string, string> cells = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets the beginning of each name.</summary>
    public string Prefix { get; } =
        Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"convnetshell_{Environment.ProcessId}"))
        + Path.DirectorySeparatorChar;

    /// <summary>Notes the text of a cell.</summary>
    /// <returns>Its name.</returns>
    public string Add(string code)
    {
        uint hash = Murmur2.Hash(Encoding.UTF8.GetBytes(code), HashSeed);
        string path = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{hash}{Suffix}");
        cells[path] = code;
        return path;
    }

    /// <summary>Returns the text of a cell by its name; <see langword="null"/> where there is none.</summary>
    public string? Find(string? path) => path is null ? null : cells.GetValueOrDefault(path);
}
