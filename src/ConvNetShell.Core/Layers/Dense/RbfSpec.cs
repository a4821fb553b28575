using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Layers.Dense;

/// <summary>
/// The output layer of LeNet-5 (LeCun et al., 1998): each class has a fixed code of +1 and -1, and its output is minus the squared
/// distance of the input from that code, halved. Nothing is trained. The paper's codes are pictures of the printed characters; these are
/// drawn
/// once and for all from a fixed seed, which serves any number of classes.
/// </summary>
public sealed record RbfSpec : LayerSpec
{
    /// <summary>Initializes a new instance of the <see cref="RbfSpec"/> class.</summary>
    /// <param name="classes">The number of classes, 1 or more.</param>
    /// <exception cref="InvalidSettingException">It is below 1.</exception>
    public RbfSpec(int classes) =>
        Classes = classes >= 1 ? classes : throw new InvalidSettingException("The number of classes", "1 or more", classes);

    /// <summary>Gets the number of classes.</summary>
    public int Classes { get; }

    /// <inheritdoc />
    public override string Kind => "rbf";

    /// <inheritdoc />
    public override Shape OutputShape(Shape input) =>
        input.Count == 1
            ? new Shape(Classes)
            : throw new LayerException(
                "Layer.WrongInput",
                ToToken(),
                $"expected a vector. Received: {input}.",
                "Put a dense layer before it."
            );

    /// <inheritdoc />
    public override long MultiplyAdds(Shape input) => checked(Classes * input.Elements);

    /// <inheritdoc />
    public override string ToToken() => string.Create(CultureInfo.InvariantCulture, $"{Kind}{Classes}");

    internal override LayerModule Build(Shape input, WeightInitializer start) => new RbfModule(this, input);
}
