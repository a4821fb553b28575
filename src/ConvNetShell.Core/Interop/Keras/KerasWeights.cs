using System.Collections.Frozen;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Storage;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Interop.Keras;

/// <summary>
/// The weights of a file without a model, by the names of a network's weights: the layers' classes and counts find them, or their order in
/// earlier files. A batch normalization is taken to add 1e-5, as in the code that ConvertTo-NetworkCode writes.
/// </summary>
internal sealed class KerasWeights : ITensorSource
{
    private readonly Dictionary<TensorEntry, Tensor> values = new(ReferenceEqualityComparer.Instance);

    /// <summary>Initializes a new instance of the <see cref="KerasWeights"/> class: reads and turns the weights.</summary>
    /// <param name="path">The file's name.</param>
    /// <param name="store">The variables.</param>
    /// <param name="network">The network that they are for.</param>
    /// <exception cref="ConvNetException">The variables are not those of its layers.</exception>
    public KerasWeights(string path, KerasStore store, Network network)
    {
        Path = path;
        try
        {
            Fill(store, network);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public string Path { get; }

    /// <inheritdoc />
    public IReadOnlyList<TensorEntry> Tensors => [.. values.Keys];

    /// <inheritdoc />
    public IReadOnlyDictionary<string, string> Metadata => FrozenDictionary<string, string>.Empty;

    /// <inheritdoc />
    public void Read(TensorEntry entry, Tensor target)
    {
        using var noGradients = no_grad();
        target.copy_(values[entry]);
    }

    private void Fill(KerasStore store, Network network)
    {
        using var noGradients = no_grad();
        var order = new FlattenedMaps();
        var groups = new KerasGroups(store);
        foreach (NetworkLayer layer in network.Layers)
        {
            Shape? maps = order.Before(layer);
            if (groups.Next(layer) is { Count: > 0 } variables)
            {
                using var scope = NewDisposeScope();
                Tensor[] read = [.. variables.Select(store.Read)];
                foreach ((string parameter, Tensor value) in Turn(layer, maps, read))
                {
                    Tensor kept = value.contiguous().DetachFromDisposeScope();
                    long bytes = kept.NumberOfElements * sizeof(float);
                    values.Add(new TensorEntry($"{layer.Name}.{parameter}", "F32", kept.shape, variables[0].Offset, bytes), kept);
                }
            }
        }
        foreach (TensorEntry entry in groups.Rest())
        {
            values.Add(entry, empty(0).DetachFromDisposeScope());
        }
    }

    private IReadOnlyList<(string Parameter, Tensor Value)> Turn(NetworkLayer layer, Shape? maps, IReadOnlyList<Tensor> read)
    {
        try
        {
            return KerasVariables.Turn(layer, maps, new KerasPart(layer.Spec), read);
        }
        catch (Exception error) when (error is InvalidSettingException or ShapeMismatchException)
        {
            throw new NetworkFileException("NetworkFile.Mismatch", Path, error.Message, innerException: error);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (Tensor value in values.Values)
        {
            value.Dispose();
        }
    }
}
