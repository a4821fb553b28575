using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Layers.Recurrent;

/// <summary>
/// A recurrent layer: goes through a sequence step by step with the same weights and hands a state on. Input features x
/// time; output the last state, a vector of units, or with <see cref="Sequence"/> all states, units x time. Two bias vectors a
/// direction, as libtorch has them; weights start uniform up to 1 / sqrt(units).
/// </summary>
public sealed record RecurrentSpec : LayerSpec
{
    /// <summary>Initializes a new instance of the <see cref="RecurrentSpec"/> class.</summary>
    /// <param name="cell">The kind of step: RNN, GRU or LSTM.</param>
    /// <param name="units">The size of the state, 1 or more.</param>
    /// <param name="sequence">Whether the states of all steps come out.</param>
    /// <param name="bidirectional">Whether a second layer goes backwards; its units come after the first's.</param>
    /// <exception cref="InvalidSettingException">The units are below 1.</exception>
    public RecurrentSpec(RecurrentKind cell, int units, bool sequence = false, bool bidirectional = false)
    {
        Cell = cell;
        Units = units >= 1 ? units : throw new InvalidSettingException("Units", "an integer of 1 or more", units);
        Sequence = sequence;
        Bidirectional = bidirectional;
    }

    /// <summary>Gets the kind of step: RNN, GRU or LSTM.</summary>
    public RecurrentKind Cell { get; }

    /// <summary>Gets the size of the state of one direction.</summary>
    public int Units { get; }

    /// <summary>Gets a value indicating whether the states of all steps come out.</summary>
    public bool Sequence { get; }

    /// <summary>Gets a value indicating whether a second layer goes backwards.</summary>
    public bool Bidirectional { get; }

    /// <summary>Gets how the weights start; <see langword="null"/> is uniform up to 1 / sqrt(units).</summary>
    public Initializer? Initializer { get; init; }

    /// <inheritdoc />
    public override string Kind => Cell.ToString().ToLowerInvariant();

    /// <summary>Gets the number of sums a step works out for each unit: 1, 3 or 4.</summary>
    internal int Gates =>
        Cell switch
        {
            RecurrentKind.RNN => 1,
            RecurrentKind.GRU => 3,
            _ => 4,
        };

    private int Directions => Bidirectional ? 2 : 1;

    /// <inheritdoc />
    public override Shape OutputShape(Shape input)
    {
        if (input.Count != 2)
        {
            throw new LayerException(
                "Layer.WrongInput",
                ToToken(),
                $"expected a sequence of features x time. Received: {input}.",
                input.Count > 2
                    ? "Pool or convolve it down to one dimension first."
                    : "Put it before the dense layers, with -Sequence for all but the last recurrent one."
            );
        }
        return Sequence ? new Shape(checked(Directions * Units), input[1]) : new Shape(checked(Directions * Units));
    }

    /// <inheritdoc />
    public override long ParameterCount(Shape input) => checked((long)Directions * Gates * Units * ((long)input.Channels + Units + 2));

    /// <inheritdoc />
    public override long MultiplyAdds(Shape input) =>
        checked((long)Directions * Gates * Units * ((long)input.Channels + Units) * (input.Count > 1 ? input[1] : 1));

    /// <inheritdoc />
    public override string Formula(Shape input) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(Directions > 1 ? "2x" : string.Empty)}{(Gates > 1 ? $"{Gates}x" : string.Empty)}{Units}x({input.Channels}+"
                + $"{Units}+2) = {ParameterCount(input)}"
        );

    /// <inheritdoc />
    public override string ToToken() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Kind}{Units}{(Sequence ? "-seq" : string.Empty)}{(Bidirectional ? "-bi" : string.Empty)}"
        );

    internal override LayerModule Build(Shape input, WeightInitializer start) => new RecurrentModule(this, input, start);
}
