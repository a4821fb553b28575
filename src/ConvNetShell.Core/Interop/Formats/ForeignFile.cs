using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Storage;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Interop.Formats;

/// <summary>Reading of files that hold layers and weights together.</summary>
internal static class ForeignFile
{
    /// <summary>Reads a whole file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="most">The most bytes that it may have.</param>
    /// <exception cref="NetworkFileException">There is none, it is too large, or it cannot be read.</exception>
    public static byte[] ReadAll(string path, int most)
    {
        using var file = new TensorFile(path);
        return file.Length <= most
            ? file.Read(0, (int)file.Length)
            : throw new NetworkFileException(
                "NetworkFile.TooLarge",
                path,
                string.Create(CultureInfo.InvariantCulture, $"expected at most {most} bytes. Received: {file.Length}.")
            );
    }

    /// <summary>Returns a network that was read, or the one that its weights go into.</summary>
    /// <exception cref="NetworkFileException">The weights are those of other layers.</exception>
    public static Network Into(string path, Network network, ImportSettings settings)
    {
        if (settings.Into is not { } into)
        {
            return network;
        }
        using (network)
        {
            if (!Shapes(into).SequenceEqual(Shapes(network)))
            {
                throw new NetworkFileException(
                    "NetworkFile.Mismatch",
                    path,
                    $"expected the weights of {into.InputShape} -> {into.Spec}. Received: {network.InputShape} -> {network.Spec}."
                );
            }
            using var noGradients = no_grad();
            foreach ((NamedTensor own, NamedTensor read) in into.State.Zip(network.State))
            {
                own.Value.copy_(read.Value);
            }
            (into.Normalization, into.HasInitialWeights) = (network.Normalization ?? into.Normalization, false);
            return into;
        }
    }

    private static IEnumerable<string> Shapes(Network network) => network.State.Select(tensor => string.Join('x', tensor.Value.shape));
}
