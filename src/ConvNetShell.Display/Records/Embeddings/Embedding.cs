using System.Globalization;

namespace ConvNetShell.Display.Records.Embeddings;

/// <summary>An image as a network sees it: a vector of length 1, near those of images that the network takes for alike.</summary>
/// <param name="Network">The network's name.</param>
/// <param name="Source">The image: a file, or its split and index.</param>
/// <param name="Label">The index of its class, or <see langword="null"/> where it is not known.</param>
/// <param name="Class">The name of its class, or <see langword="null"/> where it is not known.</param>
/// <param name="Vector">The numbers.</param>
public sealed record Embedding(string Network, string Source, int? Label, string? Class, IReadOnlyList<float> Vector)
{
    /// <summary>Gets the image's properties beside the class, by name.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    /// <summary>Returns the cosine of the angle to another embedding: 1 for the same direction.</summary>
    /// <param name="other">The other one, of the same network.</param>
    /// <returns>The cosine, from -1 to 1.</returns>
    /// <exception cref="ArgumentException">The other one has another length.</exception>
    public double Similarity(Embedding other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Vector.Count != Vector.Count)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The other embedding must have {Vector.Count} numbers. Received: {other.Vector.Count}."
                ),
                nameof(other)
            );
        }
        return Vector.Zip(other.Vector, (a, b) => (double)a * b).Sum();
    }

    /// <summary>Says the image, its class and the length of the vector.</summary>
    /// <returns>For example <c>Test[12], person182: 128 numbers</c>.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Source}{(Class is null ? string.Empty : ", " + Class)}: {Vector.Count} numbers");
}
