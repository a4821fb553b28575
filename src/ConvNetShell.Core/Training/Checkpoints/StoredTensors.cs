using ConvNetShell.Core.Errors;
using Microsoft.Win32.SafeHandles;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training.Checkpoints;

/// <summary>
/// The tensors of a checkpoint, which stay in its file until they are needed. The file is open as long as these are in use: a run that goes
/// on replaces and deletes checkpoints, but not the contents of one.
/// </summary>
/// <param name="path">The file, for errors.</param>
/// <param name="file">The open file.</param>
/// <param name="tensors">Each tensor with the offset of its bytes, by its name.</param>
internal sealed class StoredTensors(string path, SafeFileHandle file, IReadOnlyDictionary<string, (TensorEntry Entry, long Offset)> tensors)
{
    /// <summary>Copies a stored tensor into one of the same shape and type.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="target">Where to.</param>
    /// <exception cref="CheckpointException">There is none of that name, shape and type, or the file cannot be read.</exception>
    public void Read(string name, Tensor target)
    {
        TensorEntry wanted = TensorBytes.Entry(name, target);
        if (!tensors.TryGetValue(name, out (TensorEntry Entry, long Offset) stored) || !IsLike(stored.Entry, wanted))
        {
            throw new CheckpointException(
                "Checkpoint.Unknown",
                path,
                $"expected the tensor {Text(wanted)}. Received: {(stored.Entry is null ? "none of that name" : Text(stored.Entry))}."
            );
        }
        TensorBytes.Fill(target, (part, offset) => CheckpointFile.ReadExactly(path, file, part, stored.Offset + offset));
    }

    private static bool IsLike(TensorEntry stored, TensorEntry wanted) =>
        stored.Type == wanted.Type && stored.Bytes == wanted.Bytes && stored.Shape.AsSpan().SequenceEqual(wanted.Shape);

    private static string Text(TensorEntry entry) =>
        FormattableString.Invariant($"{entry.Name} of {entry.Type} {string.Join('x', entry.Shape)} ({entry.Bytes} bytes)");
}
