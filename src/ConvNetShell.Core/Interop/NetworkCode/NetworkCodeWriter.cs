using ConvNetShell.Core.Networks;

namespace ConvNetShell.Core.Interop.NetworkCode;

/// <summary>Writes code that builds a network of the same layers; the weights are not part of it.</summary>
public static class NetworkCodeWriter
{
    /// <summary>Writes the code.</summary>
    /// <param name="network">The network.</param>
    /// <param name="language">The language.</param>
    /// <returns>The code, with \n between lines.</returns>
    /// <exception cref="Errors.LayerException">The language lacks a layer of the network.</exception>
    public static string Write(Network network, CodeLanguage language)
    {
        ArgumentNullException.ThrowIfNull(network);
        return language switch
        {
            CodeLanguage.PyTorch => PyTorchWriter.Write(network),
            CodeLanguage.Keras => KerasWriter.Write(network),
            CodeLanguage.ConvNetJS => ConvNetJsWriter.Write(network),
            CodeLanguage.TorchSharp => TorchSharpWriter.Write(network),
            CodeLanguage.PowerShell => PowerShellWriter.Write(network),
            CodeLanguage.Spec => SpecWriter.Write(network),
            _ => throw new ArgumentOutOfRangeException(nameof(language), language, "not a language"),
        };
    }
}
