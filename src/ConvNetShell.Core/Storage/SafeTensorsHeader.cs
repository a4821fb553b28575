using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Storage;

/// <summary>
/// Reads the header of a safetensors file: eight bytes with its length, then JSON with the type, shape and position of each tensor. The
/// tensors must fill the rest of the file without gaps or overlaps, as the format demands. Takes at most 100 MB for the header's text.
/// </summary>
internal sealed class SafeTensorsHeader
{
    /// <summary>The bytes before the JSON.</summary>
    public const int PrefixLength = 8;

    private const int MostBytes = 100_000_000, // the format's own limit
        MostDepth = 4,
        MostDimensions = 64; // libtorch's

    private readonly TensorFile file;
    private readonly Dictionary<string, TensorEntry> entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> metadata = new(StringComparer.Ordinal);

    private SafeTensorsHeader(TensorFile file, byte[] json)
    {
        (this.file, Json) = (file, json);
        DataStart = PrefixLength + json.Length;
    }

    /// <summary>Gets the text of the header.</summary>
    public byte[] Json { get; }

    /// <summary>Gets where the tensors begin in the file.</summary>
    public long DataStart { get; }

    /// <summary>Gets the tensors by position.</summary>
    public IReadOnlyList<TensorEntry> Tensors { get; private set; } = [];

    /// <summary>Gets the texts of <c>__metadata__</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata => metadata;

    /// <summary>Reads the header of a file.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="NetworkFileException">It is none, or its positions are not those of the file.</exception>
    public static SafeTensorsHeader Read(TensorFile file)
    {
        long length = file.Length >= PrefixLength ? BinaryPrimitives.ReadInt64LittleEndian(file.Read(0, PrefixLength)) : -1;
        if (length < 2 || length > MostBytes || length > file.Length - PrefixLength)
        {
            throw length is >= 2 and <= MostBytes
                ? new NetworkFileException(
                    "NetworkFile.Truncated",
                    file.Path,
                    string.Create(CultureInfo.InvariantCulture, $"expected a header of {length} bytes. Received: a file of {file.Length}."),
                    0
                )
                : new NetworkFileException(
                    "NetworkFile.Unknown",
                    file.Path,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"expected a safetensors file, which begins with the length of its header (2 to {MostBytes}). Received: "
                            + $"{FileSignature.Describe(file)}."
                    ),
                    0
                );
        }
        var header = new SafeTensorsHeader(file, file.Read(PrefixLength, (int)length));
        header.Parse();
        header.RequireGapless();
        return header;
    }

    private void Parse()
    {
        var reader = new Utf8JsonReader(Json, new JsonReaderOptions { MaxDepth = MostDepth });
        try
        {
            Expect(ref reader, JsonTokenType.StartObject);
            while (Next(ref reader) != JsonTokenType.EndObject)
            {
                string name = reader.GetString()!;
                if (name == "__metadata__")
                {
                    ReadMetadata(ref reader);
                }
                else if (!entries.TryAdd(name, ReadTensor(ref reader, name)))
                {
                    throw Damaged(reader, $"one tensor of each name. Received: two of '{name}'");
                }
            }
            if (reader.Read())
            {
                throw Damaged(reader, "one JSON object. Received: more text");
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new NetworkFileException(
                "NetworkFile.Damaged",
                file.Path,
                $"expected the JSON of a safetensors header. Received: {error.Message}",
                PrefixLength + reader.BytesConsumed,
                error
            );
        }
    }

    private void ReadMetadata(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        while (Next(ref reader) != JsonTokenType.EndObject)
        {
            string key = reader.GetString()!;
            Expect(ref reader, JsonTokenType.String);
            if (!metadata.TryAdd(key, reader.GetString()!))
            {
                throw Damaged(reader, $"one text of each name in __metadata__. Received: two of '{key}'");
            }
        }
    }

    private TensorEntry ReadTensor(ref Utf8JsonReader reader, string name)
    {
        string? type = null;
        long[]? shape = null,
            offsets = null;
        Expect(ref reader, JsonTokenType.StartObject);
        while (Next(ref reader) != JsonTokenType.EndObject)
        {
            string key = reader.GetString()!;
            bool isNew = key switch
            {
                "dtype" => type is null,
                "shape" => shape is null,
                "data_offsets" => offsets is null,
                _ => false,
            };
            if (!isNew)
            {
                throw Damaged(reader, $"dtype, shape and data_offsets of '{name}', each once. Received: '{key}'");
            }
            if (key == "dtype")
            {
                Expect(ref reader, JsonTokenType.String);
                type = reader.GetString();
            }
            else
            {
                long[] numbers = ReadNumbers(ref reader, name);
                (shape, offsets) = key == "shape" ? (numbers, offsets) : (shape, numbers);
            }
        }
        return type is not null && shape is not null && offsets is { Length: 2 }
            ? Entry(reader, name, type, shape, offsets)
            : throw Damaged(reader, $"dtype, shape and two data_offsets of '{name}'. Received: fewer");
    }

    private TensorEntry Entry(Utf8JsonReader reader, string name, string type, long[] shape, long[] offsets)
    {
        long size =
            TensorTypes.SizeOf(type)
            ?? throw Damaged(reader, $"a type of '{name}' among {string.Join(", ", TensorTypes.Names)}. Received: '{type}'");
        var bytes = shape.Aggregate((Int128)size, (product, next) => product > long.MaxValue ? product : product * next);
        long data = file.Length - DataStart;
        if (offsets[0] > offsets[1] || offsets[1] > data || bytes != offsets[1] - offsets[0])
        {
            throw Damaged(
                reader,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"data_offsets of '{name}' {bytes} bytes apart ({type} {TensorEntry.SizeText(shape)}) within {data} bytes. "
                        + $"Received: {offsets[0]} and {offsets[1]}"
                ),
                offsets[1] > data ? "NetworkFile.Truncated" : "NetworkFile.Damaged"
            );
        }
        return new TensorEntry(name, type, shape, DataStart + offsets[0], offsets[1] - offsets[0]);
    }

    private long[] ReadNumbers(ref Utf8JsonReader reader, string name)
    {
        var numbers = new List<long>();
        Expect(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long number) || number < 0)
            {
                throw Damaged(reader, $"whole numbers of 0 or more for '{name}'. Received: {reader.TokenType}");
            }
            numbers.Add(number);
            if (numbers.Count > MostDimensions)
            {
                throw Damaged(reader, $"at most {MostDimensions} dimensions of '{name}'. Received: more");
            }
        }
        return [.. numbers];
    }

    /// <summary>Passes where the tensors lie one behind the other and end with the file.</summary>
    private void RequireGapless()
    {
        Tensors = [.. entries.Values.OrderBy(entry => entry.Offset).ThenBy(entry => entry.Bytes)];
        long at = DataStart;
        foreach (TensorEntry entry in Tensors)
        {
            Require(entry.Offset == at, $"'{entry.Name}' at byte {at}", entry.Offset);
            at += entry.Bytes;
        }
        Require(at == file.Length, $"the end of the file at byte {at}", file.Length);

        void Require(bool isTrue, FormattableString expected, long received)
        {
            if (!isTrue)
            {
                throw new NetworkFileException(
                    "NetworkFile.Damaged",
                    file.Path,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"expected {expected.ToString(CultureInfo.InvariantCulture)}, without gaps and overlaps. Received: byte {received}."
                    ),
                    received
                );
            }
        }
    }

    private JsonTokenType Next(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.EndObject
            ? reader.TokenType
            : throw Damaged(reader, $"a name. Received: {reader.TokenType}");

    private void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (!reader.Read() || reader.TokenType != type)
        {
            throw Damaged(reader, $"{type}. Received: {reader.TokenType}");
        }
    }

    private NetworkFileException Damaged(Utf8JsonReader reader, string text, string id = "NetworkFile.Damaged") =>
        new(id, file.Path, $"expected {text}.", PrefixLength + reader.TokenStartIndex);
}
