using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Layers.Activation;

/// <summary>An activation function. The shape stays as it is.</summary>
/// <param name="Function">Which function.</param>
public sealed record ActivationSpec(ActivationKind Function) : LayerSpec
{
    /// <inheritdoc />
    public override string Kind => Function.ToString().ToLowerInvariant();

    /// <inheritdoc />
    public override Shape OutputShape(Shape input) =>
        Function != ActivationKind.Softmax || input.Count == 1
            ? input
            : throw new LayerException(
                "Layer.WrongInput",
                ToToken(),
                $"expected a vector, one value a class. Received: {input}.",
                "Put a dense layer with one unit a class before it."
            );

    /// <inheritdoc />
    public override string ToToken() => Kind;

    internal override LayerModule Build(Shape input, WeightInitializer start) => new ActivationModule(Function);
}
