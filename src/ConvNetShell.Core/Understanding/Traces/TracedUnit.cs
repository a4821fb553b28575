using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Operators;
using ConvNetShell.Display.Records.Understanding;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Understanding.Traces;

/// <summary>One unit of a layer, with the data for its trace.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Module">The live layer.</param>
/// <param name="Input">The input of the layer.</param>
/// <param name="At">The unit's position in the output.</param>
internal sealed record TracedUnit(NetworkLayer Layer, LayerModule Module, double[] Input, int[] At)
{
    /// <summary>Gets the sizes of the input.</summary>
    public int[] Sizes { get; } = Layer.Input.ToArray();

    /// <summary>
    /// Returns one of the layer's tensors: its numbers, the last dimension first to move; <see langword="null"/> where it has none of that
    /// name.
    /// </summary>
    public double[]? Numbers(string name)
    {
        using var scope = NewDisposeScope();
        Tensor? found = Module
            .Parameters.Concat(Module.Buffers)
            .FirstOrDefault(tensor => tensor.Name.EndsWith("." + name, StringComparison.Ordinal))
            ?.Value;
        return found?.detach().to(ScalarType.Float64).cpu().contiguous().data<double>().ToArray();
    }

    /// <summary>Returns the value at a position of the input; 0 in the padding.</summary>
    public Contribution Contribution(int[] position, double weight)
    {
        int index = WindowPositions.Index(Sizes, position);
        double value = index < 0 ? 0 : Input[index];
        return new Contribution(position, value, weight, value * weight) { IsPadding = index < 0 };
    }

    /// <summary>Returns the value at the unit's own position.</summary>
    public Contribution Same(double weight) => Contribution(At, weight);
}
