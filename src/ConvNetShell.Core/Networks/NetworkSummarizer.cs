using System.Globalization;
using ConvNetShell.Core.Layers;
using ConvNetShell.Display;

namespace ConvNetShell.Core.Networks;

/// <summary>Writes a network's layers as rows: shapes, windows, parameters, multiply-adds and receptive fields.</summary>
public static class NetworkSummarizer
{
    /// <summary>Summarises a network. No tensor is made.</summary>
    /// <param name="plan">The layers, fitted to their input.</param>
    /// <param name="name">The network's name.</param>
    /// <returns>One row a layer, and the totals.</returns>
    public static NetworkSummary Summarize(NetworkPlan plan, string name)
    {
        var rows = new List<LayerSummary>();
        var view = ReceptiveField.OfInput(plan.InputShape);
        long total = plan.ParameterCount;
        foreach (NetworkLayer layer in plan.Layers)
        {
            view = view.Through(layer.Spec);
            Window? window = layer.Spec.Window;
            rows.Add(new LayerSummary(
                layer.Index,
                layer.Name,
                TypeOf(layer.Spec),
                layer.Output.ToString(),
                window?.Kernel.ToString() ?? string.Empty,
                window is null ? string.Empty : Brief(window.Stride),
                window?.Padding.ToString() ?? string.Empty,
                layer.ParameterCount,
                layer.MultiplyAdds,
                total == 0 ? 0 : (double)layer.ParameterCount / total,
                layer.Formula,
                view.Pixels,
                view.Step));
        }
        return new NetworkSummary(name, plan.InputShape.ToString(), plan.OutputShape.ToString(), rows);
    }

    private static string TypeOf(LayerSpec spec) => spec switch
    {
        ActivationSpec activation => activation.Function.ToString(),
        PoolSpec pool => $"{pool.Pooling}Pool",
        _ => spec.GetType().Name.Replace("Spec", string.Empty, StringComparison.Ordinal),
    };

    private static string Brief(Extent extent) => extent.Count == 1 ? extent[0].ToString(CultureInfo.InvariantCulture) : extent.ToString();
}
