using ConvNetShell.Core.Errors;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Storage;

/// <summary>An open file of named tensors, which stay in it until they are read.</summary>
internal interface ITensorSource : IDisposable
{
    /// <summary>Gets the file.</summary>
    string Path { get; }

    /// <summary>Gets the tensors in the order of the file.</summary>
    IReadOnlyList<TensorEntry> Tensors { get; }

    /// <summary>Gets the texts that stand beside the tensors.</summary>
    IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Copies a tensor into one of the same shape; values are converted to its type.</summary>
    /// <param name="entry">The tensor of the file.</param>
    /// <param name="target">The tensor that is filled.</param>
    /// <exception cref="NetworkFileException">The file cannot be read, or libtorch lacks the type of its values.</exception>
    void Read(TensorEntry entry, Tensor target);
}
