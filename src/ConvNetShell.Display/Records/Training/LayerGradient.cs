using System.Globalization;

namespace ConvNetShell.Display.Records.Training;

/// <summary>How long the gradients of a layer's weights were in an epoch.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Layer">The layer's name, for example conv1.</param>
/// <param name="GradientNorm">The mean length (L2 norm) over every sixteenth step, before any clipping; 0 for a layer that is not
/// trained.</param>
public sealed record LayerGradient(int Epoch, string Layer, double GradientNorm)
{
    /// <summary>Says the epoch, the layer and the length.</summary>
    /// <returns>For example <c>epoch 3: conv1 0.214</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"epoch {Epoch}: {Layer} {GradientNorm:G3}");
}
