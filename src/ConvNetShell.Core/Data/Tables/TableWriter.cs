using System.Text;
using System.Text.Json;
using ConvNetShell.Core.Data.Datasets;

namespace ConvNetShell.Core.Data.Tables;

/// <summary>Writes what is known of the images of a folder, so that <see cref="SampleTable"/> reads it again.</summary>
internal static class TableWriter
{
    /// <summary>Writes <c>metadata.jsonl</c> into the folder of a split whose images have attributes or captions.</summary>
    /// <param name="split">The split.</param>
    /// <param name="folder">Its folder.</param>
    /// <param name="file">The path of an image from there.</param>
    public static void Write(DatasetSplit split, string folder, Func<int, string> file)
    {
        IReadOnlyList<string> names = split.Attributes.Names;
        if (names.Count == 0)
        {
            return;
        }
        using FileStream stream = File.Create(Path.Combine(folder, "metadata.jsonl"));
        using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
        for (int i = 0; i < split.Count; i++)
        {
            IReadOnlyDictionary<string, string> own = split.Attributes.Of(i);
            var row = new Dictionary<string, string> { ["file_name"] = file(i).Replace('\\', '/') };
            foreach (string name in names)
            {
                row.TryAdd(name, own[name]);
            }
            text.WriteLine(JsonSerializer.Serialize(row));
        }
    }
}
