using System.Globalization;
using System.Text;
using ConvNetShell.Core.Errors;
using ConvNetShell.Display.Files;

namespace ConvNetShell.Core.Data.Arrays;

/// <summary>
/// Writes the numbers of filters, feature maps, predictions and other objects to a file: .npy (float32, objects x the dimensions of one) or
/// .csv (a line an object: its name, then its numbers).
/// </summary>
public static class ArrayFile
{
    private const string Npy = ".npy",
        Csv = ".csv";

    /// <summary>Checks that the ending of a file names a format.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidSettingException">It does not.</exception>
    public static void Check(string path)
    {
        string ending = Path.GetExtension(path).ToLowerInvariant();
        if (ending is not (Npy or Csv))
        {
            throw new InvalidSettingException("Path", $"a file that ends in {Npy} or {Csv} (Export-Figure writes .png)", path);
        }
    }

    /// <summary>Writes a file; one that is there is replaced.</summary>
    /// <param name="path">The file.</param>
    /// <param name="items">The objects, one or more of one kind and size.</param>
    /// <exception cref="InvalidSettingException">The objects have no numbers, or are not of one kind and size.</exception>
    /// <exception cref="StorageException">The file cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<object> items)
    {
        Check(path);
        var rows = ArrayRows.Of(items);
        try
        {
            AtomicFile.Write(path, file => Write(file, rows, Path.GetExtension(path).Equals(Npy, StringComparison.OrdinalIgnoreCase)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(
                "Storage.Unwritable",
                path,
                $"expected a file that can be written. Received: {error.Message}",
                error
            );
        }
    }

    private static void Write(Stream file, ArrayRows rows, bool isNpy)
    {
        if (isNpy)
        {
            NpyWriter.Write(file, [.. rows.Values.SelectMany(values => values)], [rows.Names.Count, .. rows.Sizes]);
            return;
        }
        using var text = new StreamWriter(file, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        int count = rows.Values[0].Length;
        text.WriteLine($"name,{string.Join(',', Enumerable.Range(0, count).Select(i => i.ToString(CultureInfo.InvariantCulture)))}");
        for (int row = 0; row < rows.Names.Count; row++)
        {
            string name = rows.Names[row].Replace("\"", "\"\"", StringComparison.Ordinal);
            string values = string.Join(',', rows.Values[row].Select(value => value.ToString("R", CultureInfo.InvariantCulture)));
            text.WriteLine($"\"{name}\",{values}");
        }
    }
}
