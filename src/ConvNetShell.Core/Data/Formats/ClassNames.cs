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

    public static IReadOnlyList<string>? Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return null;
        }
        string[] names = DataFile.Guard(path, () => File.ReadAllLines(path));
        return [.. names.Select(name => name.Trim()).Where(name => name.Length > 0)];
    }

    public static void Write(string folder, IReadOnlyList<string> classes) => File.WriteAllLines(Path.Combine(folder, FileName), classes);

    /// <summary>A class name as a folder name that is legal on every system and stays inside its parent.</summary>
    public static string ToFolder(string name)
    {
        string safe = string.Concat(name.Select(letter => NotInFolders.Contains(letter) ? '_' : letter)).Trim(' ', '.');
        return safe.Length == 0 ? "_" : safe;
    }
}
