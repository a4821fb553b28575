using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Networks.Storage;
using ConvNetShell.Core.Storage;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Interop.Formats;

/// <summary>Puts the tensors of a file into a network.</summary>
internal static class WeightLoader
{
    /// <summary>Puts the tensors of a file into a network; all is checked before the first weight is changed.</summary>
    /// <param name="file">The open file.</param>
    /// <param name="network">The network; its weights are overwritten.</param>
    /// <param name="settings">What may be missing.</param>
    /// <exception cref="NetworkFileException">The tensors are not those of the network, or cannot be read.</exception>
    public static void Load(ITensorSource file, Network network, ImportSettings settings)
    {
        WeightMatch match = WeightMatcher.Match(file.Tensors, network);
        if (match.Fitting.Count == 0 || (!match.IsComplete && !settings.AllowPartial))
        {
            string remedy = match.Fitting.Count > 0 ? " -AllowPartial takes over what fits." : string.Empty;
            throw new NetworkFileException(
                "NetworkFile.Mismatch",
                file.Path,
                $"expected the weights of {network.Name} ({network.Spec}). Received: {match.Problems()}.{remedy}"
            );
        }
        foreach ((TensorEntry entry, NamedTensor weight) in match.Fitting)
        {
            RequireType(file, entry, weight);
        }
        foreach ((TensorEntry entry, NamedTensor weight) in match.Fitting)
        {
            file.Read(entry, weight.Value);
        }
        network.HasInitialWeights = false;
        network.Metadata = NetworkFile.ForeignTexts(file);
        if (!match.IsComplete)
        {
            settings.Warn($"{file.Path}: {match.Fitting.Count} of {network.State.Count} weights were taken over. {match.Problems()}.");
        }
    }

    /// <summary>Numbers become other numbers of the weight's type; tables of indices must be exactly that.</summary>
    private static void RequireType(ITensorSource file, TensorEntry entry, NamedTensor weight)
    {
        string type = TensorTypes.NameOf(weight.Value.dtype);
        if (TensorTypes.Find(entry.Type) is null or ScalarType.Bool || (!weight.Value.is_floating_point() && entry.Type != type))
        {
            throw new NetworkFileException(
                "NetworkFile.Mismatch",
                file.Path,
                $"expected values of type {type}, or such as become {type}, for {weight.Name}. Received: {entry.Type}.",
                entry.Offset
            );
        }
    }
}
