using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Storage;
using ConvNetShell.Core.Storage.Hdf5;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Interop.Keras;

/// <summary>
/// The variables of a Keras file, in the layout of Keras 3 (layers/conv2d/vars/0) or of earlier .h5 files, in which each group lists the
/// names of its weights.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="root">The group that has the layers.</param>
/// <param name="length">The size of the HDF5 file; all variables together have no more bytes.</param>
internal sealed class KerasStore(TensorFile file, Hdf5Object root, long length)
{
    private const int MostNames = 100_000;
    private static readonly string[] Cells = ["cell", "forward_layer/cell", "backward_layer/cell"];
    private long left = length;

    /// <summary>Gets the names of the layers in an earlier .h5 file, in the model's order; none in Keras 3's layout.</summary>
    public IReadOnlyList<string> LayerNames { get; } = Listed(root, "layer_names");

    /// <summary>Gets a value indicating whether the layout is that of Keras 3.</summary>
    public bool IsNew => root.Texts("layer_names") is null && root.Texts("layer_names0") is null;

    /// <summary>Returns the names of the groups within a group.</summary>
    /// <param name="path">The group.</param>
    public IEnumerable<string> Groups(string path) => root.Find(path)?.Names ?? [];

    /// <summary>Returns the variables of a layer, those of the cells within it too.</summary>
    /// <param name="path">The layer's group: its path in Keras 3's layout, its name in the earlier one.</param>
    public IReadOnlyList<TensorEntry> Of(string path)
    {
        // Keras 2.12 named them so
        Hdf5Object? group =
            root.Find(path) ?? root.Find(path.Replace("layers/", "_layer_checkpoint_dependencies/", StringComparison.Ordinal));
        if (group is null)
        {
            return [];
        }
        if (!IsNew)
        {
            return [.. Listed(group, "weight_names").Select(name => Entry(group, name, $"{path}/{name}"))];
        }
        return
        [
            .. Cells
                .Prepend(string.Empty)
                .SelectMany(cell =>
                {
                    string variables = $"{cell}/vars";
                    return group.Find(variables) is { IsDataset: false } found
                        ? found
                            .Names.Select(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int at) ? at : -1)
                            .Where(number => number >= 0)
                            .Order()
                            .Select(number => number.ToString(CultureInfo.InvariantCulture))
                            .Select(name => Entry(found, name, $"{path}{(cell.Length > 0 ? "/" : string.Empty)}{variables}/{name}"))
                        : [];
                }),
        ];
    }

    /// <summary>Reads a variable; in a dispose scope it must be detached from it to survive.</summary>
    /// <param name="entry">Where it lies.</param>
    /// <exception cref="NetworkFileException">Its values are no real numbers, or the file says more values than it has.</exception>
    public Tensor Read(TensorEntry entry)
    {
        ScalarType type =
            TensorTypes.Find(entry.Type)
            ?? throw new NetworkFileException(
                "NetworkFile.Unsupported",
                file.Path,
                $"expected numbers as '{entry.Name}'. Received: values of type {entry.Type}.",
                entry.Offset
            );
        left -= entry.Bytes;
        if (left < 0)
        {
            throw new NetworkFileException(
                "NetworkFile.Damaged",
                file.Path,
                $"expected variables that do not overlap. Received: '{entry.Name}' among others that have more bytes than the file.",
                entry.Offset
            );
        }
        Tensor values = empty([.. entry.Shape], ScalarType.Float32);
        TensorBytes.Fill(values, type, (part, offset) => file.Read(part, entry.Offset + offset));
        return values;
    }

    private static IReadOnlyList<string> Listed(Hdf5Object group, string name)
    {
        if (group.Texts(name) is { } texts)
        {
            return texts;
        }
        var found = new List<string>(); // long lists are in parts
        for (int part = 0; found.Count < MostNames; part++)
        {
            if (group.Texts(string.Create(CultureInfo.InvariantCulture, $"{name}{part}")) is not { } more)
            {
                return found;
            }
            found.AddRange(more);
        }
        return found;
    }

    private TensorEntry Entry(Hdf5Object group, string name, string path)
    {
        Hdf5Object variable = group.Find(name) is { IsDataset: true } found
            ? found
            : throw new NetworkFileException("NetworkFile.Damaged", file.Path, $"expected the variable '{path}'. Received: none.");
        TensorEntry entry = variable.Entry(path);
        bool isReduced = entry.Type == "BF16" && variable.Texts("dtype") is not ["bfloat16"];
        return isReduced ? entry with { Type = "OPAQUE" } : entry;
    }
}
