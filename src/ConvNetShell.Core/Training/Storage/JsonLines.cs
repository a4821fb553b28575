using System.Text.Json;
using ConvNetShell.Display.Files;

namespace ConvNetShell.Core.Training.Storage;

/// <summary>Files with one JSON value a line, to which one process at a time appends.</summary>
internal static class JsonLines
{
    private const byte LineEnd = (byte)'\n';

    /// <summary>Reads the values; what follows the last line end was cut short and is left out.</summary>
    /// <typeparam name="T">The type of a value.</typeparam>
    /// <param name="path">The file; one that is not there has no values.</param>
    /// <param name="options">How values are written.</param>
    /// <returns>The values in order.</returns>
    public static IReadOnlyList<T> Read<T>(string path, JsonSerializerOptions options)
    {
        if (!File.Exists(path))
        {
            return [];
        }
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] content = new byte[file.Length];
        int length = file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        ReadOnlySpan<byte> rest = content.AsSpan(0, length);
        var values = new List<T>();
        for (int end = rest.IndexOf(LineEnd); end >= 0; end = rest.IndexOf(LineEnd))
        {
            values.Add(JsonSerializer.Deserialize<T>(rest[..end], options)!);
            rest = rest[(end + 1)..];
        }
        return values;
    }

    /// <summary>Appends values and writes them to the disk; a last line that was cut short is removed first.</summary>
    /// <typeparam name="T">The type of a value.</typeparam>
    /// <param name="path">The file; made if it is not there.</param>
    /// <param name="values">The values.</param>
    /// <param name="options">How values are written; without line breaks.</param>
    public static void Append<T>(string path, IEnumerable<T> values, JsonSerializerOptions options)
    {
        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);
        file.SetLength(WholeLength(file));
        file.Seek(0, SeekOrigin.End);
        file.Write(Bytes(values, options));
        file.Flush(flushToDisk: true);
    }

    /// <summary>Writes values as the whole file.</summary>
    /// <typeparam name="T">The type of a value.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="values">The values.</param>
    /// <param name="options">How values are written; without line breaks.</param>
    public static void Write<T>(string path, IEnumerable<T> values, JsonSerializerOptions options) =>
        AtomicFile.Write(path, Bytes(values, options));

    private static byte[] Bytes<T>(IEnumerable<T> values, JsonSerializerOptions options)
    {
        using var lines = new MemoryStream();
        foreach (T value in values)
        {
            JsonSerializer.Serialize(lines, value, options);
            lines.WriteByte(LineEnd);
        }
        return lines.ToArray();
    }

    private static long WholeLength(FileStream file)
    {
        for (long end = file.Length; end > 0; end--)
        {
            file.Position = end - 1;
            if (file.ReadByte() == LineEnd)
            {
                return end;
            }
        }
        return 0;
    }
}
