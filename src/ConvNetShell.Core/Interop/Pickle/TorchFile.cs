using System.Collections.Frozen;
using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Storage;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Interop.Pickle;

/// <summary>The tensors of a file that torch.save wrote: a ZIP file, or pickles with the numbers after them as PyTorch before 1.6.</summary>
internal sealed class TorchFile : ITensorSource
{
    private readonly TensorFile file;
    private readonly Dictionary<TensorEntry, PickleTensor> tensors = new(ReferenceEqualityComparer.Instance);

    private TorchFile(TensorFile file) => this.file = file;

    /// <inheritdoc />
    public string Path => file.Path;

    /// <inheritdoc />
    public IReadOnlyList<TensorEntry> Tensors => [.. tensors.Keys];

    /// <inheritdoc />
    public IReadOnlyDictionary<string, string> Metadata => FrozenDictionary<string, string>.Empty;

    /// <summary>Opens a file and reads which tensors it has.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="NetworkFileException">There is none, it is damaged, or it has something else than data.</exception>
    public static TorchFile Open(string path)
    {
        var file = new TensorFile(path);
        try
        {
            var torch = new TorchFile(file);
            (object? root, Func<PickleStorage, long> start) = TorchLayout.Read(file);
            foreach ((string name, PickleTensor tensor) in Dictionary(path, root))
            {
                torch.Add(name, tensor, start(tensor.Storage));
            }
            return torch;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public void Dispose() => file.Dispose();

    /// <inheritdoc />
    public void Read(TensorEntry entry, Tensor target)
    {
        PickleTensor tensor = tensors[entry];
        ScalarType type =
            TensorTypes.Find(entry.Type) ?? throw new NetworkFileException("NetworkFile.Unsupported", Path, entry.Type, entry.Offset);
        if (tensor.IsContiguous)
        {
            TensorBytes.Fill(target, type, (part, offset) => file.Read(part, entry.Offset + offset));
            return;
        }
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        Tensor numbers = empty((long)tensor.Extent, type);
        TensorBytes.Fill(numbers, type, (part, offset) => file.Read(part, entry.Offset + offset));
        target.copy_(numbers.as_strided(tensor.Shape, tensor.Strides));
    }

    private void Add(string name, PickleTensor tensor, long storage)
    {
        int size = TensorTypes.SizeOf(tensor.Storage.Type)!.Value;
        var bytes = tensor.Shape.Aggregate((Int128)size, (product, next) => product > long.MaxValue ? product : product * next);
        if (bytes > long.MaxValue)
        {
            throw new NetworkFileException(
                "NetworkFile.TooLarge",
                Path,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"expected '{name}' of at most {long.MaxValue} bytes. Received: {TensorEntry.SizeText(tensor.Shape)}."
                ),
                storage
            );
        }
        tensors.Add(new TensorEntry(name, tensor.Storage.Type, tensor.Shape, storage + (tensor.Start * size), (long)bytes), tensor);
    }

    /// <summary>Returns the dictionary of tensors: the root, or the first within it (state_dict, beside an epoch and an optimizer).</summary>
    private static (string Name, PickleTensor Tensor)[] Dictionary(string path, object? root)
    {
        (string Name, PickleTensor Tensor)[] found = root is PickleDictionary dictionary
            ? dictionary.Named.Select(item => item.Value).Prepend(dictionary).Select(TensorsOf).FirstOrDefault(list => list.Length > 0)
                ?? []
            : [];
        return found.Length > 0
            ? found
            : throw new NetworkFileException(
                "NetworkFile.Unknown",
                path,
                "expected a dictionary of tensors, as torch.save(model.state_dict(), file) writes it. Received: a pickle without one."
            );
    }

    private static (string Name, PickleTensor Tensor)[] TensorsOf(object? value) =>
        value is PickleDictionary dictionary
            ? [.. dictionary.Named.Where(item => item.Value is PickleTensor).Select(item => (item.Key, (PickleTensor)item.Value!))]
            : [];
}
