namespace ConvNetShell.Display.Records.Embeddings;

/// <summary>An image as a point of a map of embeddings.</summary>
/// <param name="Source">The image.</param>
/// <param name="Group">What it is colored by: its class, or the value of an attribute.</param>
/// <param name="X">The horizontal position.</param>
/// <param name="Y">The vertical position.</param>
public sealed record EmbeddingPoint(string Source, string Group, double X, double Y)
{
    /// <summary>Says the image, its group and its position.</summary>
    /// <returns>For example <c>Test[12], person182: (0.31, -1.20)</c>.</returns>
    public override string ToString() => FormattableString.Invariant($"{Source}, {Group}: ({X:F2}, {Y:F2})");
}
