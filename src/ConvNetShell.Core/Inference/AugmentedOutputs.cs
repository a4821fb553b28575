using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Inference;

/// <summary>A network's outputs before the softmax, averaged over views of each image.</summary>
internal static class AugmentedOutputs
{
    private const int Rows = 2,
        Columns = 3;

    /// <summary>Checks that a network's inputs are images, which can be mirrored and shifted.</summary>
    /// <exception cref="InvalidSettingException">They are sequences or clips.</exception>
    public static void Check(Network network, TestAugment augment)
    {
        if (augment != TestAugment.None && network.InputShape.Count != 3)
        {
            throw new InvalidSettingException(
                "TestAugment",
                $"None for inputs that are no images, such as this network's of {network.InputShape}",
                augment
            );
        }
    }

    /// <summary>Returns the outputs of a batch.</summary>
    /// <param name="network">The network.</param>
    /// <param name="images">Batch x channels x rows x columns.</param>
    /// <param name="augment">The views.</param>
    public static Tensor Of(Network network, Tensor images, TestAugment augment)
    {
        if (augment == TestAugment.None)
        {
            return Once(network, images);
        }
        Tensor mirrored = Mirrored(network, images);
        if (augment == TestAugment.Mirror)
        {
            return mirrored;
        }
        using Tensor wide = nn.functional.pad(images, [1, 1, 1, 1], TorchSharp.PaddingModes.Reflect);
        Tensor shifted = Mirrored(network, Shifted(wide, 0)).Plus(Mirrored(network, Shifted(wide, 2)));
        return mirrored.Times(0.5).Plus(shifted, 0.25);

        Tensor Shifted(Tensor padded, int by) => padded.narrow(Rows, by, images.shape[Rows]).narrow(Columns, by, images.shape[Columns]);
    }

    private static Tensor Mirrored(Network network, Tensor images) =>
        Once(network, images).Plus(Once(network, images.flip(Columns))).Times(0.5);

    private static Tensor Once(Network network, Tensor images) => network.Logits(images, new ForwardContext(Training: false));
}
