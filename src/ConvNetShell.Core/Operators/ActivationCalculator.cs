using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Activation;
using ConvNetShell.Display.Records.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Operators;

/// <summary>Takes numbers through an activation function, as the layer computes it, in float64.</summary>
public static class ActivationCalculator
{
    private const int CurvePoints = 401,
        ChartClasses = 3; // of softmax's curve
    private const double CurveReach = 5;

    /// <summary>Computes values and slopes.</summary>
    /// <param name="function">The function.</param>
    /// <param name="inputs">The numbers; softmax takes them together, as the scores of classes.</param>
    /// <returns>A row for each number, in order.</returns>
    public static IReadOnlyList<ActivationRow> Compute(ActivationKind function, IReadOnlyList<double> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        using DisposeScope scope = NewDisposeScope();
        bool isSoftmax = function == ActivationKind.Softmax;
        Tensor x = tensor([.. inputs], isSoftmax ? [1, inputs.Count] : [inputs.Count, 1], ScalarType.Float64).requires_grad_();
        LayerModule module = new ActivationModule(function);
        Tensor y = module.Forward(x, default);
        double[] outputs = y.detach().data<double>().ToArray();
        if (!isSoftmax)
        {
            y.sum().backward();
        }
        double[] slopes = isSoftmax ? [.. outputs.Select(p => p * (1 - p))] : x.grad!.data<double>().ToArray();
        return
        [
            .. inputs.Select(
                (input, i) =>
                    new ActivationRow(i, function.ToString(), input, outputs[i], slopes[i], isSoftmax ? -Math.Log(outputs[i]) : null)
            ),
        ];
    }

    /// <summary>Returns a function as a chart.</summary>
    /// <param name="function">The function.</param>
    /// <param name="rows">Numbers to mark in it; may be empty.</param>
    /// <returns>
    /// The curve round 0 and round the numbers. Softmax is a function of all scores: given ones are bars, and without them the curve is of
    /// the probability of the first of three classes, the other scores 0.
    /// </returns>
    public static ActivationChart Chart(ActivationKind function, IReadOnlyList<ActivationRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        double reach = rows.Select(row => Math.Abs(row.Input)).Where(double.IsFinite).Append(CurveReach).Max();
        double[] inputs = [.. Enumerable.Range(0, CurvePoints).Select(i => reach * ((2.0 * i / (CurvePoints - 1)) - 1))];
        IReadOnlyList<ActivationRow> curve =
            function != ActivationKind.Softmax ? Compute(function, inputs)
            : rows.Count == 0 ? [.. inputs.Select(input => Compute(function, [input, .. new double[ChartClasses - 1]])[0])]
            : [];
        return new ActivationChart(function.ToString(), curve, rows) { Classes = function == ActivationKind.Softmax ? ChartClasses : null };
    }
}
