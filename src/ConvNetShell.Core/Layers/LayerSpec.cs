using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Layers;

/// <summary>
/// The description of a layer: immutable, validated when made. It computes its output shape, parameters and
/// multiply-adds without a tensor. A network turns specs into live layers.
/// </summary>
public abstract record LayerSpec
{
    /// <summary>Gets the name the user gave; a network names the others (conv1, pool1, fc1).</summary>
    public string? Name { get; init; }

    /// <summary>Gets the kind, which is also the stem of the default name: conv, pool, fc, relu.</summary>
    public abstract string Kind { get; }

    /// <summary>Gets what slides over the input, or <see langword="null"/> for a layer that has no window.</summary>
    public virtual Window? Window => null;

    /// <summary>Gets a value indicating whether the layer sums up its input with weights and does nothing else.</summary>
    internal virtual bool IsLinear => false;

    /// <summary>Returns the shape that comes out.</summary>
    /// <param name="input">The shape that goes in, channels first.</param>
    /// <returns>The output shape, channels first.</returns>
    /// <exception cref="LayerException">The layer cannot work on this input.</exception>
    public virtual Shape OutputShape(Shape input) => input;

    /// <summary>Returns the number of trainable values.</summary>
    /// <param name="input">The shape that goes in.</param>
    /// <returns>The count, biases included.</returns>
    public virtual long ParameterCount(Shape input) => 0;

    /// <summary>Returns the multiply-adds for one sample, biases left out.</summary>
    /// <param name="input">The shape that goes in.</param>
    /// <returns>The count.</returns>
    public virtual long MultiplyAdds(Shape input) => 0;

    /// <summary>Returns the parameter count as the lecture writes it: <c>16x5x5x3+16 = 1216</c>; empty without parameters.</summary>
    /// <param name="input">The shape that goes in.</param>
    /// <returns>The text.</returns>
    public virtual string Formula(Shape input) => string.Empty;

    /// <summary>Writes the layer as the specification language has it: <c>conv5x5x16</c>.</summary>
    /// <returns>The text; <c>NetworkSpec.Parse</c> reads it back.</returns>
    public abstract string ToToken();

    /// <summary>Writes the layer in the specification language.</summary>
    /// <returns>The text.</returns>
    public sealed override string ToString() => ToToken();

    /// <summary>Makes the live layer.</summary>
    /// <param name="input">The shape that goes in.</param>
    /// <param name="start">How its weights start.</param>
    internal abstract LayerModule Build(Shape input, WeightInitializer start);
}
