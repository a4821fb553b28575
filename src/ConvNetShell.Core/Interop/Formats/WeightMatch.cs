using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Storage;

namespace ConvNetShell.Core.Interop.Formats;

/// <summary>Which tensors of a file are which weights of a network.</summary>
/// <param name="Fitting">The pairs of one shape.</param>
/// <param name="MisShaped">The pairs of two shapes.</param>
/// <param name="Missing">The network's weights that the file lacks.</param>
/// <param name="Unexpected">The file's tensors that the network lacks.</param>
internal sealed record WeightMatch(
    IReadOnlyList<(TensorEntry Entry, NamedTensor Weight)> Fitting,
    IReadOnlyList<(TensorEntry Entry, NamedTensor Weight)> MisShaped,
    IReadOnlyList<NamedTensor> Missing,
    IReadOnlyList<TensorEntry> Unexpected
)
{
    private const int MostNames = 8;

    /// <summary>Gets a value indicating whether every weight has its tensor, and every tensor its weight.</summary>
    public bool IsComplete => MisShaped.Count + Missing.Count + Unexpected.Count == 0;

    /// <summary>Returns the weights without a tensor, the tensors without a weight and the pairs of two shapes, by name.</summary>
    public string Problems() =>
        string.Join(
            "; ",
            new[]
            {
                List("missing in the file", Missing.Select(weight => weight.Name)),
                List("unexpected in the file", Unexpected.Select(entry => entry.Name)),
                List("of another shape", MisShaped.Select(Shapes)),
            }.OfType<string>()
        );

    private static string Shapes((TensorEntry Entry, NamedTensor Weight) pair)
    {
        string from = pair.Entry.Name == pair.Weight.Name ? string.Empty : $" from {pair.Entry.Name}";
        return $"{pair.Weight.Name}{from} (network {TensorEntry.SizeText(pair.Weight.Value.shape)}, "
            + $"file {TensorEntry.SizeText(pair.Entry.Shape)})";
    }

    private static string? List(string kind, IEnumerable<string> names)
    {
        string[] all = [.. names];
        string more = all.Length > MostNames ? $" and {all.Length - MostNames} more" : string.Empty;
        return all.Length > 0 ? $"{all.Length} {kind}: {string.Join(", ", all.Take(MostNames))}{more}" : null;
    }
}
