using System.Globalization;

namespace ConvNetShell.Display.Records.Networks;

/// <summary>One layer of a network, as a row of its summary. Shapes are channels first, for one sample.</summary>
/// <param name="Index">The position in the network, from 1.</param>
/// <param name="Name">The layer's name, for example conv1.</param>
/// <param name="Type">What kind of layer: Conv, MaxPool, Dense, ReLU.</param>
/// <param name="Output">The shape that comes out, for example 16x32x32.</param>
/// <param name="Kernel">The window, for example 5x5; empty for a layer without one.</param>
/// <param name="Stride">The window's step; empty without a window.</param>
/// <param name="Padding">Valid, Same or the zeros on each side; empty without a window.</param>
/// <param name="Parameters">The number of trainable values.</param>
/// <param name="MACs">The multiply-adds for one sample, biases left out.</param>
/// <param name="Fraction">The layer's fraction of the network's parameters, from 0 to 1.</param>
/// <param name="Formula">The parameter count as the lecture writes it, <c>16x5x5x3+16 = 1216</c>; empty without parameters.</param>
/// <param name="ReceptiveField">
/// The pixels of the network's input, along its longer side, that one output value depends on. Padding counts, so it may be
/// larger than the input; from a dense layer on it is the whole input.
/// </param>
/// <param name="Jump">The pixels of the network's input between two neighboring output values; 0 if outputs have no position.</param>
public sealed record LayerSummary(
    int Index,
    string Name,
    string Type,
    string Output,
    string Kernel,
    string Stride,
    string Padding,
    long Parameters,
    long MACs,
    double Fraction,
    string Formula,
    int ReceptiveField,
    int Jump
)
{
    /// <summary>
    /// Gets how deep the layer lies within blocks; 0 for a layer of the network itself. A block's figures include those of its layers.
    /// </summary>
    public int Depth { get; init; }

    /// <summary>
    /// Gets the multiply-adds of the backward pass for one sample: those of the weights' gradient and of the input's. The images need no
    /// gradient, so the first layer with weights has only the former.
    /// </summary>
    public long BackwardMACs { get; init; }

    /// <summary>
    /// Gets the memory of the layer's output for one sample, in bytes of float32; training keeps it for the backward pass.
    /// </summary>
    public long ActivationBytes { get; init; }

    /// <summary>Gets the summary this row belongs to; <see langword="null"/> for a row that was made by itself.</summary>
    public NetworkSummary? Summary { get; internal init; }

    /// <summary>Says the name, the type, the output and the parameters.</summary>
    /// <returns>For example <c>conv1 (Conv 5x5) -> 16x32x32, 1,216 parameters</c>.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Name} ({Type}{(Kernel.Length > 0 ? " " + Kernel : string.Empty)}) -> {Output}, {Parameters:N0} parameters"
        );
}
