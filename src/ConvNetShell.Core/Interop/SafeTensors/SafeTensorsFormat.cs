using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Networks.Storage;
using ConvNetShell.Core.Storage;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Interop.SafeTensors;

/// <summary>
/// Weights as safetensors, which PyTorch, TensorFlow, JAX and others read. Names and shapes are those of PyTorch's layers, so that
/// load_state_dict takes them over. The layers stand among the metadata, so that a file written here is read without -Into.
/// </summary>
internal sealed class SafeTensorsFormat()
    : NetworkFormat("SafeTensors", "Weights by PyTorch's names; other programs bring the layers", ".safetensors")
{
    /// <inheritdoc />
    public override void Write(string path, Network network, ExportSettings settings)
    {
        RequireNoPreprocessing(settings);
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        SafeTensorsWriter.Write(
            path,
            ExportedWeights.Of(network, settings),
            new Dictionary<string, string>(network.Metadata)
            {
                ["format"] = "pt", // transformers asks for it
                [NetworkDocument.Key] = NetworkDocument.Of(network).Write(),
            }
        );
    }

    /// <inheritdoc />
    public override Network Read(string path, ImportSettings settings)
    {
        using SafeTensorsFile file = SafeTensorsFile.Open(path);
        if (settings.Into is { } into)
        {
            WeightLoader.Load(file, into, settings);
            NetworkFile.Apply(file, into);
            return into;
        }
        Network network = NetworkFile.Create(file);
        try
        {
            bool hasInitialWeights = network.HasInitialWeights;
            WeightLoader.Load(file, network, settings);
            network.HasInitialWeights = hasInitialWeights;
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }
}
