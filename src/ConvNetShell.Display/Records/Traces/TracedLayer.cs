namespace ConvNetShell.Display.Records.Traces;

/// <summary>All values of a layer for one image.</summary>
/// <param name="Name">The layer's name; image for the image itself.</param>
/// <param name="Kind">The layer in the specification language, for example conv5x5x16.</param>
/// <param name="Shape">The sizes of the output: channels, rows, columns.</param>
/// <param name="Values">The values, channel by channel, row by row.</param>
/// <param name="Inputs">The indices of the layers it reads; none for the image.</param>
/// <param name="Rule">How the values follow from those it reads.</param>
public sealed record TracedLayer(
    string Name,
    string Kind,
    IReadOnlyList<int> Shape,
    float[] Values,
    IReadOnlyList<int> Inputs,
    LayerRule Rule
)
{
    /// <summary>Says the name, the kind and the sizes.</summary>
    /// <returns>For example <c>conv1 (conv5x5x16): 16x32x32</c>.</returns>
    public override string ToString() => $"{Name} ({Kind}): {string.Join('x', Shape)}";
}
