using System.Globalization;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Dense;
using ConvNetShell.Core.Layers.Normalization;
using ConvNetShell.Core.Layers.Recurrent;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Storage;

namespace ConvNetShell.Core.Interop.Keras;

/// <summary>Finds which group of a file without a model has the variables of a layer.</summary>
/// <param name="store">The variables.</param>
internal sealed class KerasGroups(KerasStore store)
{
    private const string Folder = "layers/";
    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);

    // the layers of an earlier file that have variables, in the model's order
    private readonly Queue<string> ordered = new(store.LayerNames.Where(name => store.Of(name).Count > 0));

    /// <summary>Returns the variables of a layer; layers come in order.</summary>
    /// <param name="layer">The next layer.</param>
    public IReadOnlyList<TensorEntry> Next(NetworkLayer layer)
    {
        if (!store.IsNew)
        {
            return KindsOf(layer).Count > 0 && ordered.TryDequeue(out string? name) ? store.Of(name) : [];
        }
        foreach (string kind in KindsOf(layer))
        {
            int count = counts.GetValueOrDefault(kind);
            string path = Folder + (count == 0 ? kind : string.Create(CultureInfo.InvariantCulture, $"{kind}_{count}"));
            if (store.Of(path) is { Count: > 0 } variables)
            {
                counts[kind] = count + 1;
                taken.Add(path);
                return variables;
            }
        }
        return [];
    }

    /// <summary>Returns the variables that no layer took.</summary>
    public IEnumerable<TensorEntry> Rest() =>
        store.IsNew
            ? store.Groups(Folder).Where(name => !taken.Contains(Folder + name)).SelectMany(name => store.Of(Folder + name))
            : ordered.SelectMany(store.Of);

    /// <summary>Returns the names that Keras' layers of that kind have.</summary>
    private static IReadOnlyList<string> KindsOf(NetworkLayer layer)
    {
        string dimensions = string.Create(CultureInfo.InvariantCulture, $"{layer.Input.Count - 1}d");
        return layer.Spec switch
        {
            ConvSpec conv when conv.Groups > 1 && conv.Groups == layer.Input.Channels =>
            [
                "depthwise_conv" + dimensions,
                "conv" + dimensions,
            ],
            ConvSpec => ["conv" + dimensions],
            TransposedConvSpec => [$"conv{dimensions}_transpose"],
            DenseSpec => ["dense"],
            BatchNormSpec => ["batch_normalization"],
            LayerNormSpec => ["group_normalization", "layer_normalization"],
            GroupNormSpec => ["group_normalization"],
            RecurrentSpec { Bidirectional: true } => ["bidirectional"],
            RecurrentSpec { Cell: RecurrentKind.RNN } => ["simple_rnn"],
            RecurrentSpec cell => [cell.Cell.ToString().ToLowerInvariant()],
            _ => [],
        };
    }
}
