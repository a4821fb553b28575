using System.Text.Json;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Errors;
using Sylvan.Data.Csv;

namespace ConvNetShell.Core.Data.Tables;

/// <summary>Reads a table of images, a line an image: comma-separated with a heading (RFC 4180), or JSON lines.</summary>
internal static class TableFile
{
    private const int LongestLine = 1 << 24; // characters

    /// <summary>Calls back with each cell of a table that has a text, row by row.</summary>
    /// <param name="path">The file; JSON lines if it ends in .jsonl.</param>
    /// <param name="row">Receives the cells of a row: name and text. A list of texts in JSON is so many cells of one name.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="DataFormatException">It is no such table; the message names the line.</exception>
    public static void Read(string path, Action<IReadOnlyList<KeyValuePair<string, string>>> row, CancellationToken cancellation)
    {
        using FileStream file = DataFile.Open(path);
        using var text = new StreamReader(file);
        if (Path.GetExtension(path).Equals(".jsonl", StringComparison.OrdinalIgnoreCase))
        {
            ReadJson(path, text, row, cancellation);
        }
        else
        {
            ReadCommas(path, text, row, cancellation);
        }
    }

    private static void ReadCommas(
        string path,
        StreamReader text,
        Action<IReadOnlyList<KeyValuePair<string, string>>> row,
        CancellationToken cancellation
    )
    {
        int number = 1;
        try
        {
            using CsvDataReader reader = CsvDataReader.Create(
                text,
                new CsvDataReaderOptions
                {
                    Delimiter = ',',
                    MaxBufferSize = LongestLine,
                    OwnsReader = false,
                }
            );
            while (reader.Read())
            {
                cancellation.ThrowIfCancellationRequested();
                number = reader.RowNumber;
                row([
                    .. Enumerable
                        .Range(0, Math.Min(reader.FieldCount, reader.RowFieldCount))
                        .Select(i => KeyValuePair.Create(reader.GetName(i), reader.GetString(i))),
                ]);
            }
        }
        catch (Exception error) when (error is CsvFormatException or CsvRecordTooLargeException or AmbiguousColumnException)
        {
            throw Broken(path, "rows of comma-separated texts under a heading", number, error);
        }
    }

    private static void ReadJson(
        string path,
        StreamReader text,
        Action<IReadOnlyList<KeyValuePair<string, string>>> row,
        CancellationToken cancellation
    )
    {
        int number = 0;
        while (text.ReadLine() is { } line)
        {
            cancellation.ThrowIfCancellationRequested();
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }
            try
            {
                using JsonDocument json = JsonDocument.Parse(line);
                row([.. json.RootElement.EnumerateObject().SelectMany(Cells)]);
            }
            catch (Exception error) when (error is JsonException or InvalidOperationException)
            {
                throw Broken(path, "a JSON object in each line", number, error);
            }
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Cells(JsonProperty property) =>
        property.Value.ValueKind switch
        {
            JsonValueKind.Array => property.Value.EnumerateArray().Select(item => KeyValuePair.Create(property.Name, item.ToString())),
            JsonValueKind.Null => [],
            _ => [KeyValuePair.Create(property.Name, property.Value.ToString())],
        };

    private static DataFormatException Broken(string path, string expected, int line, Exception error) =>
        new("Data.BrokenTable", path, FormattableString.Invariant($"expected {expected}. Received, in row {line}: {error.Message}"), error);
}
