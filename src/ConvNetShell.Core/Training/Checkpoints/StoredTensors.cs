using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Storage;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training.Checkpoints;

/// <summary>
/// The tensors of a checkpoint, which stay in its file until they are needed. The file is open until then: a run that continues replaces
/// and deletes checkpoints, but not the contents of one.
/// </summary>
/// <param name="file">The open file.</param>
internal sealed class StoredTensors(SafeTensorsFile file) : IDisposable
{
    private readonly Dictionary<string, TensorEntry> tensors = file.Tensors.ToDictionary(entry => entry.Name, StringComparer.Ordinal);

    /// <summary>Closes the file.</summary>
    public void Dispose() => file.Dispose();

    /// <summary>Gets the values of the tensors whose names begin with a word.</summary>
    /// <param name="folder">The word and a slash.</param>
    public long Values(string folder) =>
        tensors.Values.Where(entry => entry.Name.StartsWith(folder, StringComparison.Ordinal)).Sum(entry => entry.Bytes / sizeof(float));

    /// <summary>Returns whether there is a tensor of a name.</summary>
    /// <param name="name">The name.</param>
    public bool Has(string name) => tensors.ContainsKey(name);

    /// <summary>Copies a stored tensor into one of the same shape and type.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="target">Where to.</param>
    /// <exception cref="CheckpointException">There is none of that name, shape and type, or the file cannot be read.</exception>
    public void Read(string name, Tensor target)
    {
        TensorEntry entry = Require(name, target);
        CheckpointFile.Reading(file.Path, () => file.Read(entry, target));
    }

    /// <summary>Returns the values of a stored vector of float64.</summary>
    /// <param name="name">The vector's name.</param>
    /// <exception cref="CheckpointException">There is none of that name and type, or the file cannot be read.</exception>
    public double[] Doubles(string name)
    {
        long count = tensors.TryGetValue(name, out TensorEntry? stored) ? stored.Bytes / sizeof(double) : 0;
        using Tensor values = zeros(count, ScalarType.Float64);
        Read(name, values);
        return values.data<double>().ToArray();
    }

    /// <summary>Returns the entry of a stored tensor of the same shape and type as another.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="like">The other tensor.</param>
    /// <exception cref="CheckpointException">There is none of that name, shape and type.</exception>
    public TensorEntry Require(string name, Tensor like)
    {
        string type = TensorTypes.NameOf(like.dtype);
        return tensors.TryGetValue(name, out TensorEntry? stored) && stored.Type == type && stored.HasShape(like.shape)
            ? stored
            : throw new CheckpointException(
                "Checkpoint.Unknown",
                file.Path,
                $"expected the tensor {name} {type} {TensorEntry.SizeText(like.shape)}. Received: "
                    + $"{(stored is null ? "none of that name" : stored)}."
            );
    }
}
