using System.Globalization;

namespace ConvNetShell.Display.Records.Understanding;

/// <summary>All values that a layer gives for one image of a dataset: a row of the matrix of features.</summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Index">The image's position in its split, from 0.</param>
/// <param name="Class">The name of the image's class.</param>
/// <param name="Values">The values, channel by channel and row by row.</param>
public sealed record FeatureVector(string Layer, int Index, string Class, float[] Values)
{
    /// <summary>Says the image, the layer and the number of values.</summary>
    /// <returns>For example <c>image 7 (cat), fc1: 120 values</c>.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"image {Index} ({Class}), {Layer}: {Values.Length} values");
}
