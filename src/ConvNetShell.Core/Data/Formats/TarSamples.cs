using System.Globalization;
using System.Text;
using System.Text.Json;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Data.Streams;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Data.Formats;

/// <summary>Lists the samples of WebDataset's archives.</summary>
/// <param name="options">How they are read.</param>
internal sealed class TarSamples(ReadOptions options)
{
    private const int LongestLabel = 1 << 20;
    private static readonly string[] Fields = ["label", "cls", "class", "class_name", "category"];

    /// <summary>Gets the classes that were met.</summary>
    public FoundClasses Classes { get; } = new();

    /// <summary>Lists the samples of a split.</summary>
    /// <param name="split">Train, Validation or Test.</param>
    /// <param name="archives">Its archives.</param>
    /// <returns>The images; each label is an index into the classes that were met.</returns>
    public EncodedSplit List(string split, string[] archives)
    {
        var images = new List<(int, long, int)>();
        var labels = new List<int>();
        int withoutImage = 0;
        for (int archive = 0; archive < archives.Length; archive++)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            foreach (Sample sample in Samples(archives[archive]))
            {
                if (sample.Image is { } image)
                {
                    images.Add((archive, image.Offset, (int)image.Length));
                    labels.Add(Classes.Index(sample.Label ?? throw NoLabel(archives[archive], image)));
                }
                else if (sample.Label is not null)
                {
                    withoutImage++;
                }
            }
            options.Progress?.Report(new DataProgress($"Listing {split}", archive + 1, archives.Length, "archives"));
        }
        if (withoutImage > 0)
        {
            options.Warn?.Invoke(FormattableString.Invariant($"{withoutImage} samples of {split} have no image and are left out."));
        }
        return new EncodedSplit(split, new TarImages(archives, [.. images]), [.. labels], null);
    }

    /// <summary>Puts the files of an archive together by their names; they need not be side by side.</summary>
    private static IEnumerable<Sample> Samples(string archive)
    {
        using FileStream file = DataFile.Open(archive);
        var samples = new OrderedDictionary<string, Sample>(StringComparer.Ordinal);
        foreach (TarMember member in TarIndex.Read(archive))
        {
            (string key, string ending) = Split(member.Name);
            samples[key] = With(samples.GetValueOrDefault(key), ending, member, file);
        }
        return samples.Values;
    }

    private static Sample With(Sample sample, string ending, TarMember member, FileStream file)
    {
        if (ImageFile.Extensions.Contains(ending))
        {
            return sample with { Image = member.Length <= int.MaxValue ? member : throw TooLong(file.Name, member) };
        }
        return ending is ".cls" or ".json" ? sample with { Label = Label(file, member, ending) ?? sample.Label } : sample;
    }

    /// <summary>Returns the class that a label file names; <see langword="null"/> for JSON without one.</summary>
    private static string? Label(FileStream file, TarMember member, string ending)
    {
        if (member.Length > LongestLabel)
        {
            throw TooLong(file.Name, member);
        }
        byte[] bytes = DataFile.Guard(
            file.Name,
            () =>
            {
                var content = new byte[member.Length];
                file.Position = member.Offset;
                file.ReadExactly(content);
                return content;
            }
        );
        if (ending == ".cls")
        {
            return Encoding.UTF8.GetString(bytes).Trim();
        }
        try
        {
            using var json = JsonDocument.Parse(bytes);
            return Fields
                .Where(field => json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(field, out _))
                .Select(field => json.RootElement.GetProperty(field).ToString())
                .FirstOrDefault();
        }
        catch (JsonException error)
        {
            throw new DataFormatException(
                "Data.BadLabel",
                file.Name,
                FormattableString.Invariant($"expected JSON in {member.Name} at byte {member.Offset}. Received: {error.Message}"),
                error
            );
        }
    }

    /// <summary>Returns the name of a sample, up to the first dot of the file's name, and the file's last ending.</summary>
    private static (string Key, string Ending) Split(string name)
    {
        int folder = name.LastIndexOf('/') + 1,
            dot = name.IndexOf('.', folder);
        return dot < 0 ? (name, string.Empty) : (name[..dot], Path.GetExtension(name).ToLowerInvariant());
    }

    private static DataFormatException NoLabel(string archive, TarMember image) =>
        new(
            "Data.CountMismatch",
            archive,
            FormattableString.Invariant(
                $"expected a .cls, or a .json with a label, beside {image.Name} at byte {image.Offset}. Received: none."
            )
        );

    private static DataFormatException TooLong(string archive, TarMember member) =>
        new(
            "Data.TooLarge",
            archive,
            string.Create(
                CultureInfo.InvariantCulture,
                $"expected at most {LongestLabel} bytes of a label, {int.MaxValue} of an image. Received: "
                    + $"{member.Length} in {member.Name} at byte {member.Offset}."
            )
        );

    private readonly record struct Sample(TarMember? Image, string? Label);
}
