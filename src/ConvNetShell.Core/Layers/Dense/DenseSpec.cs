using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Layers.Dense;

/// <summary>A fully connected layer: every unit sees every value of the input, whatever its shape. Output: a vector.</summary>
public sealed record DenseSpec : LayerSpec
{
    /// <summary>Initializes a new instance of the <see cref="DenseSpec"/> class.</summary>
    /// <param name="units">The number of units, 1 or more.</param>
    /// <param name="bias">Whether each unit adds a trainable number.</param>
    /// <param name="inputs">The inputs it requires, for networks copied from elsewhere; <see langword="null"/> accepts any number.</param>
    /// <exception cref="InvalidSettingException">A number is below 1.</exception>
    public DenseSpec(int units, bool bias = true, int? inputs = null)
    {
        Units = units >= 1 ? units : throw new InvalidSettingException("Units", "an integer of 1 or more", units);
        Inputs = inputs is null or >= 1 ? inputs : throw new InvalidSettingException("Inputs", "an integer of 1 or more", inputs);
        Bias = bias;
    }

    /// <summary>Gets the number of units.</summary>
    public int Units { get; }

    /// <summary>Gets a value indicating whether each unit adds a trainable number.</summary>
    public bool Bias { get; }

    /// <summary>Gets the inputs it must get, or <see langword="null"/>.</summary>
    public int? Inputs { get; }

    /// <summary>Gets how the weights start; <see langword="null"/> leaves it to the network.</summary>
    public Initializer? Initializer { get; init; }

    /// <inheritdoc />
    public override string Kind => "fc";

    internal override bool IsLinear => true;

    /// <inheritdoc />
    public override Shape OutputShape(Shape input) =>
        Inputs is null || Inputs == input.Elements
            ? new Shape(Units)
            : throw new LayerException(
                "Layer.WrongInput",
                ToToken(),
                string.Create(CultureInfo.InvariantCulture, $"expected {Inputs} inputs. Received: {input.Elements} ({input})."),
                string.Create(CultureInfo.InvariantCulture, $"Set -Inputs {input.Elements}, or leave it out.")
            );

    /// <inheritdoc />
    public override long ParameterCount(Shape input) => checked(Units * input.Elements + (Bias ? Units : 0));

    /// <inheritdoc />
    public override long MultiplyAdds(Shape input) => checked(Units * input.Elements);

    /// <inheritdoc />
    public override string Formula(Shape input) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Units}x{input.Elements}{(Bias ? $"+{Units}" : string.Empty)} = {ParameterCount(input)}"
        );

    /// <inheritdoc />
    public override string ToToken() => string.Create(CultureInfo.InvariantCulture, $"fc{Units}{(Bias ? string.Empty : "-nobias")}");

    internal override LayerModule Build(Shape input, WeightInitializer start) => new DenseModule(this, input, start);
}
