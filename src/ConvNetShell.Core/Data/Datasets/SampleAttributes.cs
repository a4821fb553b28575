using System.Diagnostics.CodeAnalysis;

namespace ConvNetShell.Core.Data.Datasets;

/// <summary>
/// Properties of the images of a split beside their class, by which results can be grouped: for Faces the skin, the hair, the glasses and
/// the beard.
/// </summary>
public sealed class SampleAttributes
{
    private readonly Dictionary<string, IReadOnlyList<string>> values;

    /// <summary>Initializes a new instance of the <see cref="SampleAttributes"/> class.</summary>
    /// <param name="values">For each name the value of every image of the split.</param>
    public SampleAttributes(IReadOnlyDictionary<string, IReadOnlyList<string>> values) =>
        this.values = new(values, StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets no attributes.</summary>
    public static SampleAttributes None { get; } = new(new Dictionary<string, IReadOnlyList<string>>());

    /// <summary>Gets the names, in alphabetical order.</summary>
    public IReadOnlyList<string> Names => [.. values.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Finds the values of an attribute.</summary>
    /// <param name="name">The name, in any case.</param>
    /// <param name="found">The value of every image of the split.</param>
    /// <returns>Whether there is such an attribute.</returns>
    public bool TryGet(string name, [NotNullWhen(true)] out IReadOnlyList<string>? found) => values.TryGetValue(name, out found);

    /// <summary>Returns the attributes of one image.</summary>
    /// <param name="index">The image, from 0.</param>
    /// <returns>The values by name.</returns>
    public IReadOnlyDictionary<string, string> Of(int index) =>
        Names.ToDictionary(name => name, name => values[name][index], StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns the attributes of chosen images.</summary>
    /// <param name="indices">The images, in the new order.</param>
    internal SampleAttributes Take(IReadOnlyList<int> indices) =>
        values.Count == 0
            ? this
            : new(values.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<string>)[.. indices.Select(i => pair.Value[i])]));
}
