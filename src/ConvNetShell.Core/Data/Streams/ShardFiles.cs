using System.Globalization;
using System.IO.Enumeration;
using System.Text.RegularExpressions;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Data.Streams;

/// <summary>
/// Finds the files of a dataset that is cut into shards: a file, a folder, or a pattern as WebDataset writes them
/// (<c>train-{000000..000009}.tar</c>, <c>{train,val}-*.tar</c>).
/// </summary>
internal static partial class ShardFiles
{
    private const int MostFiles = 100_000;

    /// <summary>Returns whether a text is a pattern for shards, and not a file or folder of that very name.</summary>
    /// <param name="text">The text.</param>
    public static bool IsPattern(string text) =>
        (text.EndsWith(".tar", StringComparison.OrdinalIgnoreCase) || text.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase))
        && text.AsSpan().ContainsAny("{*?")
        && !Path.Exists(text);

    /// <summary>Returns the files that a path or a pattern means, in ordinal order.</summary>
    /// <param name="path">A file, a folder, or a pattern.</param>
    /// <param name="ending">The ending of the files, for example <c>.tar</c>.</param>
    /// <exception cref="DataFormatException">A file that the pattern names is missing, or there are too many.</exception>
    public static string[] Find(string path, string ending) =>
        File.Exists(path) ? [path]
        : Directory.Exists(path)
            ?
            [
                .. Directory
                    .EnumerateFiles(path)
                    .Where(file => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                    .Order(StringComparer.Ordinal),
            ]
        : [.. Braces(path, path).SelectMany(one => Wildcards(one, path)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Returns the files of each split, as the words in their names say; of Train where no file says Train.</summary>
    /// <param name="files">The files.</param>
    public static IReadOnlyDictionary<string, string[]> BySplit(IReadOnlyList<string> files)
    {
        var splits = files.GroupBy(Split).ToDictionary(group => group.Key, group => group.ToArray());
        return splits.ContainsKey("Train") ? splits : new Dictionary<string, string[]> { ["Train"] = [.. files] };
    }

    private static string Split(string file) =>
        Path.GetFileNameWithoutExtension(file)
            .Split('-', '_', '.')
            .Select(SplitWords.Split)
            .FirstOrDefault(split => split is not null, "Train")!;

    private static IEnumerable<string> Braces(string text, string whole)
    {
        Match match = Brace().Match(text);
        if (!match.Success)
        {
            return [text];
        }
        string[] choices = match.Groups["list"].Success
            ? match.Groups["list"].Value.Split(',')
            : Numbers(match.Groups["from"].Value, match.Groups["to"].Value, whole);
        string[] all =
        [
            .. choices
                .SelectMany(choice => Braces(text[..match.Index] + choice + text[(match.Index + match.Length)..], whole))
                .Take(MostFiles + 1),
        ];
        return all.Length <= MostFiles ? all : throw TooMany(whole);
    }

    private static string[] Numbers(string from, string to, string whole)
    {
        bool areNumbers =
            int.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out int first)
            & int.TryParse(to, NumberStyles.None, CultureInfo.InvariantCulture, out int last);
        return areNumbers && last >= first && last - first < MostFiles
            ? [.. Enumerable.Range(first, last - first + 1).Select(i => i.ToString(CultureInfo.InvariantCulture).PadLeft(from.Length, '0'))]
            : throw TooMany(whole);
    }

    private static IEnumerable<string> Wildcards(string path, string whole)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!,
            name = Path.GetFileName(path);
        if (!name.AsSpan().ContainsAny("*?"))
        {
            return File.Exists(path)
                ? [path]
                : throw new DataFormatException("Data.Missing", whole, $"expected all files of the pattern. Received: no '{path}'.");
        }
        return Directory.Exists(folder)
            ? Directory
                .EnumerateFiles(folder)
                .Where(file => FileSystemName.MatchesSimpleExpression(name, Path.GetFileName(file), ignoreCase: false))
            : [];
    }

    private static DataFormatException TooMany(string pattern) =>
        new(
            "Data.TooLarge",
            pattern,
            FormattableString.Invariant($"expected rising numbers, as {{000000..000009}}, and at most {MostFiles} files. Received: others.")
        );

    [GeneratedRegex(@"\{(?:(?<from>[0-9]{1,9})\.\.(?<to>[0-9]{1,9})|(?<list>[^{}]*))\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Brace();
}
