using System.Globalization;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Storage;

namespace ConvNetShell.Core.Interop.Formats;

/// <summary>
/// Finds which tensors of a file are which weights of a network: by the layers' names (conv1.weight), by their positions (0.weight), or,
/// for names of other programs (features.0.weight), by order, or by order and shape. The way that fits the most weights is taken, of equals the first.
/// </summary>
internal static class WeightMatcher
{
    /// <summary>Matches tensors with weights.</summary>
    /// <param name="tensors">The tensors of a file, in its order.</param>
    /// <param name="network">The network.</param>
    public static WeightMatch Match(IReadOnlyList<TensorEntry> tensors, Network network)
    {
        // A count that PyTorch keeps beside the running averages; it is of no use here.
        TensorEntry[] all = [.. tensors.Where(entry => Split(entry.Name).Last != "num_batches_tracked")];
        return Ways(all, network).Select(names => Pair(all, network, names)).MaxBy(match => match.Fitting.Count)!;
    }

    /// <summary>Returns the names of a network's weights in a file.</summary>
    /// <param name="network">The network.</param>
    /// <param name="naming">How they are named.</param>
    public static IEnumerable<(string Name, NamedTensor Weight)> Names(Network network, ParameterNaming naming) =>
        network.State.Select(weight => (naming == ParameterNaming.Layer ? weight.Name : Indexed(network, weight), weight));

    private static IEnumerable<IReadOnlyDictionary<string, TensorEntry>> Ways(TensorEntry[] tensors, Network network)
    {
        foreach (int skipped in Prefixes(tensors))
        {
            yield return tensors.ToDictionary(entry => entry.Name[skipped..], StringComparer.Ordinal);
            Dictionary<string, string> indices = Names(network, ParameterNaming.Index)
                .ToDictionary(pair => pair.Name, pair => pair.Weight.Name, StringComparer.Ordinal);
            yield return tensors
                .Where(entry => indices.ContainsKey(entry.Name[skipped..]))
                .ToDictionary(entry => indices[entry.Name[skipped..]], StringComparer.Ordinal);
        }
        yield return InOrder(tensors, network);
        yield return ByShape([.. tensors.Order(Comparer<TensorEntry>.Create((x, y) => Compare(x.Name, y.Name)))], network);
    }

    /// <summary>Returns how many letters of all names may be the name of the model: none, and those to the first point.</summary>
    private static int[] Prefixes(TensorEntry[] tensors)
    {
        int length = tensors.Length > 0 ? tensors[0].Name.IndexOf('.', StringComparison.Ordinal) + 1 : 0;
        return length > 0 && tensors.All(entry => entry.Name.AsSpan().StartsWith(tensors[0].Name.AsSpan(0, length))) ? [0, length] : [0];
    }

    /// <summary>The first layer of the file is the first of the network, and so on; their tensors must have the same last names.</summary>
    private static Dictionary<string, TensorEntry> InOrder(TensorEntry[] tensors, Network network)
    {
        var pairs = new Dictionary<string, TensorEntry>(StringComparer.Ordinal);
        IGrouping<string, TensorEntry>[] theirs = [.. tensors.GroupBy(entry => Split(entry.Name).Owner)];
        IGrouping<string, NamedTensor>[] ours = [.. network.State.GroupBy(weight => Split(weight.Name).Owner)];
        foreach ((IGrouping<string, TensorEntry> their, IGrouping<string, NamedTensor> our) in theirs.Zip(ours))
        {
            foreach (TensorEntry entry in their)
            {
                string last = Split(entry.Name).Last;
                pairs[our.FirstOrDefault(weight => Split(weight.Name).Last == last)?.Name ?? $"{our.Key}.{last}"] = entry;
            }
        }
        return pairs;
    }

    /// <summary>
    /// Each layer of the network is the first of the file whose tensors have its shapes: files sorted by name have classifier.1 before
    /// features.0.
    /// </summary>
    private static Dictionary<string, TensorEntry> ByShape(TensorEntry[] tensors, Network network)
    {
        var pairs = new Dictionary<string, TensorEntry>(StringComparer.Ordinal);
        List<IGrouping<string, TensorEntry>> theirs = [.. tensors.GroupBy(entry => Split(entry.Name).Owner)];
        foreach (IGrouping<string, NamedTensor> our in network.State.GroupBy(weight => Split(weight.Name).Owner))
        {
            if (theirs.FirstOrDefault(their => our.All(weight => Find(their, weight) is not null)) is { } found)
            {
                theirs.Remove(found);
                foreach (NamedTensor weight in our)
                {
                    pairs[weight.Name] = Find(found, weight)!;
                }
            }
        }
        return pairs;

        static TensorEntry? Find(IEnumerable<TensorEntry> their, NamedTensor weight) =>
            their.FirstOrDefault(entry => Split(entry.Name).Last == Split(weight.Name).Last && entry.HasShape(weight.Value.shape));
    }

    private static WeightMatch Pair(TensorEntry[] tensors, Network network, IReadOnlyDictionary<string, TensorEntry> names)
    {
        var fitting = new List<(TensorEntry, NamedTensor)>();
        var misShaped = new List<(TensorEntry, NamedTensor)>();
        var missing = new List<NamedTensor>();
        var used = new HashSet<TensorEntry>(ReferenceEqualityComparer.Instance);
        foreach (NamedTensor weight in network.State)
        {
            if (names.TryGetValue(weight.Name, out TensorEntry? entry))
            {
                used.Add(entry);
                (entry.HasShape(weight.Value.shape) ? fitting : misShaped).Add((entry, weight));
            }
            else
            {
                missing.Add(weight);
            }
        }
        return new WeightMatch(fitting, misShaped, missing, [.. tensors.Where(entry => !used.Contains(entry))]);
    }

    private static string Indexed(Network network, NamedTensor weight)
    {
        NetworkLayer layer = network.Layers.First(layer => weight.Name.StartsWith(layer.Name + ".", StringComparison.Ordinal));
        return string.Create(CultureInfo.InvariantCulture, $"{layer.Index - 1}{weight.Name.AsSpan(layer.Name.Length)}");
    }

    private static (string Owner, string Last) Split(string name)
    {
        int at = name.LastIndexOf('.');
        return (name[..Math.Max(at, 0)], name[(at + 1)..]);
    }

    /// <summary>Compares names whose numbers count as numbers: 2.weight comes before 10.weight.</summary>
    private static int Compare(string first, string second)
    {
        foreach ((string one, string other) in Split(first).Owner.Split('.').Zip(Split(second).Owner.Split('.')))
        {
            bool areNumbers =
                int.TryParse(one, CultureInfo.InvariantCulture, out int x) & int.TryParse(other, CultureInfo.InvariantCulture, out int y);
            int order = areNumbers ? x.CompareTo(y) : string.CompareOrdinal(one, other);
            if (order != 0)
            {
                return order;
            }
        }
        return string.CompareOrdinal(first, second);
    }
}
