using System.Globalization;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Inference;

/// <summary>A network's outputs are not all numbers, so that it predicts no class.</summary>
/// <param name="network">The network's name.</param>
/// <param name="images">The number of images with NaN among their outputs.</param>
/// <param name="count">The number of images.</param>
public sealed class NonFiniteOutputException(string network, int images, int count)
    : ConvNetException(
        "Network.NonFinite",
        string.Create(
            CultureInfo.InvariantCulture,
            $"The outputs of the network {network}: expected numbers. Received: NaN for {images:N0} of {count:N0} images. "
        ) + "Its weights or the images contain NaN or infinity, as after a training that diverged."
    );
