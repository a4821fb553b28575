using ConvNetShell.Core.Data.Images;

namespace ConvNetShell.Core.Data.Formats;

/// <summary>
/// The file <c>classes.txt</c> beside a dataset: one class name a line, in the order of the labels. It keeps that order where folder names
/// would sort differently, and names that no folder may have (Fashion-MNIST's "T-shirt/top").
/// </summary>
internal static class ClassNames
{
    private const string FileName = "classes.txt";

    private static readonly char[] NotInFolders = [.. "<>:\"/\\|?*", .. Enumerable.Range(0, 32).Select(code => (char)code)];

    private static readonly HashSet<string> Devices = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON",
        "PRN",
        "AUX",
        "NUL",
        "COM1",
        "LPT1",
        "COM2",
        "LPT2",
        "COM3",
        "LPT3",
        "COM4",
        "LPT4",
        "COM5",
        "LPT5",
        "COM6",
        "LPT6",
        "COM7",
        "LPT7",
        "COM8",
        "LPT8",
        "COM9",
        "LPT9",
    };

    public static IReadOnlyList<string>? Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return null;
        }
        string[] names = DataFile.ReadLines(path);
        return [.. names.Where(name => name.Length > 0)];
    }

    public static void Write(string folder, IReadOnlyList<string> classes) => File.WriteAllLines(Path.Combine(folder, FileName), classes);

    /// <summary>
    /// Returns a folder name for each class: the name itself where every system allows it, else one made safe. No two are equal,
    /// whatever their case: a second <c>a_</c> is called <c>a_ (2)</c>.
    /// </summary>
    /// <param name="names">The class names.</param>
    public static IReadOnlyList<string> ToFolders(IReadOnlyList<string> names)
    {
        string[] folders = [.. names.Select(ToFolder)];
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

        // Names that are safe as they are come first, so that another one's safe form does not take their place.
        foreach (int i in Enumerable.Range(0, folders.Length).OrderBy(i => folders[i] == names[i] ? 0 : 1))
        {
            string safe = folders[i];
            for (int number = 2; !taken.Add(folders[i]); number++)
            {
                folders[i] = FormattableString.Invariant($"{safe} ({number})");
            }
        }
        return folders;
    }

    /// <summary>A class name as a folder name that is legal on every system and stays inside its parent.</summary>
    public static string ToFolder(string name)
    {
        string safe = string.Concat(name.Select(letter => NotInFolders.Contains(letter) ? '_' : letter)).Trim(' ', '.');
        string stem = safe.Split('.')[0];
        return safe.Length == 0 ? "_"
            : Devices.Contains(stem) || SystemFiles.Includes(safe) ? $"_{safe}"
            : safe;
    }
}
