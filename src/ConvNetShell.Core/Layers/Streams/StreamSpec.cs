using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Layers.Streams;

/// <summary>
/// Takes one stream out of a film of channels x frames x rows x columns whose frames have the sound below the picture, as windows of the
/// dataset Matches have: the picture stays frames, the sound becomes one sequence. Two of them begin the branches of a network of two
/// streams (after Simonyan and Zisserman, arXiv 1406.2199, with sound in the place of optical flow). It has no weights.
/// </summary>
public sealed record StreamSpec : LayerSpec
{
    /// <summary>Initializes a new instance of the <see cref="StreamSpec"/> class.</summary>
    /// <param name="stream">Which stream.</param>
    /// <param name="rows">Its rows in each frame, 1 or more.</param>
    /// <exception cref="InvalidSettingException">There is no row.</exception>
    public StreamSpec(StreamKind stream, int rows)
    {
        Stream = stream;
        Rows = rows >= 1 ? rows : throw new InvalidSettingException("Rows", "an integer of 1 or more", rows);
    }

    /// <summary>Gets which stream it takes.</summary>
    public StreamKind Stream { get; }

    /// <summary>Gets its rows in each frame.</summary>
    public int Rows { get; }

    /// <inheritdoc />
    public override string Kind => Stream == StreamKind.Picture ? "picture" : "sound";

    /// <inheritdoc />
    public override Shape OutputShape(Shape input)
    {
        if (input.Count != 4 || input[2] < Rows)
        {
            throw new LayerException(
                "Layer.WrongInput",
                ToToken(),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"expected a film of channels x frames x rows x columns with {Rows} rows or more. Received: {input}."
                ),
                "Put it first, in a network whose input is such a film, as that of the dataset Matches is: 1x8x40x32."
            );
        }
        return Stream == StreamKind.Picture
            ? new Shape(input.Channels, input[1], Rows, input[3])
            : new Shape(input.Channels, checked(input[1] * Rows * input[3]));
    }

    /// <inheritdoc />
    public override string ToToken() => string.Create(CultureInfo.InvariantCulture, $"{Kind}{Rows}");

    internal override LayerModule Build(Shape input, WeightInitializer start) => new StreamModule(this);
}
