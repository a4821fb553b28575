using System.Globalization;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Activation;
using ConvNetShell.Core.Layers.Blocks;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Pooling;
using ConvNetShell.Core.Layers.Recurrent;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Display.Records.Networks;

namespace ConvNetShell.Core.Networks;

/// <summary>Writes a network's layers as rows: shapes, windows, parameters, multiply-adds and receptive fields.</summary>
public static class NetworkSummarizer
{
    /// <summary>Summarizes a network. No tensor is made.</summary>
    /// <param name="plan">The layers, fitted to their input.</param>
    /// <param name="name">The network's name.</param>
    /// <returns>One row a layer, and the totals.</returns>
    public static NetworkSummary Summarize(NetworkPlan plan, string name)
    {
        var rows = new List<LayerSummary>();
        var view = ReceptiveField.OfInput(plan.InputShape);
        bool needsInput = false;
        foreach (NetworkLayer layer in plan.Layers)
        {
            Add(rows, layer, view, plan.ParameterCount, depth: 0, needsInput);
            view = view.Through(layer.Spec, layer.Input);
            needsInput |= layer.ParameterCount > 0;
        }
        return new NetworkSummary(name, plan.InputShape.ToString(), plan.OutputShape.ToString(), rows);
    }

    /// <param name="rows">The rows so far.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="before">The receptive field of its input.</param>
    /// <param name="total">The network's parameters.</param>
    /// <param name="depth">How deep the layer lies within blocks.</param>
    /// <param name="needsInput">Whether training needs the gradient of its input: whether there are weights before it.</param>
    private static void Add(List<LayerSummary> rows, NetworkLayer layer, ReceptiveField before, long total, int depth, bool needsInput)
    {
        ReceptiveField view = before.Through(layer.Spec, layer.Input);
        Window? window = layer.Spec.Window;
        int dimensions = layer.Input.Count - 1;
        rows.Add(
            new LayerSummary(
                layer.Index,
                layer.Name,
                TypeOf(layer.Spec),
                layer.Output.ToString(),
                window?.Kernel.ToString(dimensions) ?? string.Empty,
                window is null ? string.Empty : Brief(window.Stride),
                window?.Padding.ToString() ?? string.Empty,
                layer.ParameterCount,
                layer.MultiplyAdds,
                total == 0 ? 0 : (double)layer.ParameterCount / total,
                layer.Formula,
                view.Pixels,
                view.Step
            )
            {
                Depth = depth,
                BackwardMACs = OperationCount.Of([layer], backward: true, needsInput) - layer.MultiplyAdds,
                ActivationBytes = Activations(layer) * sizeof(float),
            }
        );
        ReceptiveField within = before;
        bool needsInner = needsInput;
        foreach (NetworkLayer inner in layer.Inner)
        {
            (within, needsInner) = inner.Index == 1 ? (before, needsInput) : (within, needsInner); // a branch begins with the block's input
            Add(rows, inner, within, total, depth + 1, needsInner);
            within = within.Through(inner.Spec, inner.Input);
            needsInner |= inner.ParameterCount > 0;
        }
    }

    /// <summary>Returns the values that a layer and those within it put out for one sample.</summary>
    private static long Activations(NetworkLayer layer) => layer.Output.Elements + layer.Inner.Sum(Activations);

    /// <summary>Returns a layer's type name for tables.</summary>
    internal static string TypeOf(LayerSpec spec) =>
        spec switch
        {
            ActivationSpec activation => activation.Function.ToString(),
            PoolSpec pool => Pooling(pool.Pooling),
            AdaptivePoolSpec pool => $"{(pool.Size is null ? "Global" : "Adaptive")}{Pooling(pool.Pooling)}",
            FilterSpec filters => $"{(filters is TransposedConvSpec ? "Deconv" : filters is LocalSpec ? "Local" : "Conv")}"
                + $"{(filters.Dimensions == 2 ? string.Empty : $"{filters.Dimensions}D")}",
            RecurrentSpec recurrent => recurrent.Cell.ToString(),
            ResidualSpec => "Residual",
            BranchSpec branches => branches.Join.ToString(),
            DropoutSpec { Spatial: true } => "SpatialDropout",
            _ => spec.GetType().Name.Replace("Spec", string.Empty, StringComparison.Ordinal),
        };

    private static string Pooling(PoolKind kind) => kind == PoolKind.Max ? "MaxPool" : "AvgPool";

    private static string Brief(SpatialSize extent) =>
        extent.Count == 1 ? extent[0].ToString(CultureInfo.InvariantCulture) : extent.ToString();
}
