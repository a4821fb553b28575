using System.Globalization;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Layers;

/// <summary>Hands out names: the user's where there is one, else the kind and a count.</summary>
internal sealed class LayerNames
{
    private readonly Dictionary<string, int> counts = [];
    private readonly HashSet<string> taken = new(StringComparer.OrdinalIgnoreCase);

    public string Next(LayerSpec spec)
    {
        int count = counts.GetValueOrDefault(spec.Kind) + 1;
        counts[spec.Kind] = count;
        string name = spec.Name ?? spec.Kind + count.ToString(CultureInfo.InvariantCulture);
        return taken.Add(name) ? name : throw new InvalidSettingException("Name", "different for each layer", name);
    }
}
