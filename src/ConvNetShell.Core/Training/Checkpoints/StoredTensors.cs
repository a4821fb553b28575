using ConvNetShell.Core.Errors;
using Microsoft.Win32.SafeHandles;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training.Checkpoints;

/// <summary>
/// The tensors of a checkpoint, which stay in its file until they are needed. The file is open until then: a run that continues
/// replaces and deletes checkpoints, but not the contents of one.
/// </summary>
/// <param name="path">The file, for errors.</param>
/// <param name="file">The open file.</param>
/// <param name="tensors">Each tensor with the offset of its bytes, by its name.</param>
internal sealed class StoredTensors(string path, SafeFileHandle file, IReadOnlyDictionary<string, (TensorEntry Entry, long Offset)> tensors)
    : IDisposable
{
    /// <summary>Closes the file.</summary>
    public void Dispose() => file.Dispose();

    /// <summary>Gets the values of the tensors whose names begin with a word.</summary>
    /// <param name="folder">The word and a slash.</param>
    public long Values(string folder) =>
        tensors
            .Values.Where(tensor => tensor.Entry.Name.StartsWith(folder, StringComparison.Ordinal))
            .Sum(tensor => tensor.Entry.Bytes / sizeof(float));

    /// <summary>Returns whether there is a tensor of a name.</summary>
    /// <param name="name">The name.</param>
    public bool Has(string name) => tensors.ContainsKey(name);

    /// <summary>Copies a stored tensor into one of the same shape and type.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="target">Where to.</param>
    /// <exception cref="CheckpointException">There is none of that name, shape and type, or the file cannot be read.</exception>
    public void Read(string name, Tensor target)
    {
        (_, long start) = Require(name, target);
        TensorBytes.Fill(target, (part, offset) => CheckpointFile.ReadExactly(path, file, part, start + offset));
    }

    /// <summary>Returns the entry of a stored tensor of the same shape and type as another, and where its bytes begin.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="like">The other tensor.</param>
    /// <exception cref="CheckpointException">There is none of that name, shape and type.</exception>
    public (TensorEntry Entry, long Offset) Require(string name, Tensor like)
    {
        TensorEntry wanted = TensorBytes.Entry(name, like);
        if (!tensors.TryGetValue(name, out (TensorEntry Entry, long Offset) stored) || !IsLike(stored.Entry, wanted))
        {
            throw new CheckpointException(
                "Checkpoint.Unknown",
                path,
                $"expected the tensor {Text(wanted)}. Received: {(stored.Entry is null ? "none of that name" : Text(stored.Entry))}."
            );
        }
        return stored;
    }

    private static bool IsLike(TensorEntry stored, TensorEntry wanted) =>
        stored.Type == wanted.Type && stored.Bytes == wanted.Bytes && stored.Shape.AsSpan().SequenceEqual(wanted.Shape);

    private static string Text(TensorEntry entry) =>
        FormattableString.Invariant($"{entry.Name} of {entry.Type} {string.Join('x', entry.Shape)} ({entry.Bytes} bytes)");
}
