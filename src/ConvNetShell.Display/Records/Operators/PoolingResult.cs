using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Pictures;

namespace ConvNetShell.Display.Records.Operators;

/// <summary>The result of a pooling of an array.</summary>
/// <param name="Kind">Max or Mean.</param>
/// <param name="Input">The input's sizes.</param>
/// <param name="Window">The window's sizes.</param>
/// <param name="Formula">The output size with numbers put in.</param>
/// <param name="Shape">The output's sizes.</param>
/// <param name="Output">The output: a plain array, or arrays of arrays.</param>
/// <param name="Winners">For a maximum: where in the input each output comes from (channel first where there are channels), in the order of
/// the outputs; else empty.</param>
/// <param name="NaNCount">The outputs that are not a number, as a NaN of the input makes them.</param>
[TypeFormatterSource(MimeBundle.Html, MimeBundle.PlainText)]
public sealed record PoolingResult(
    string Kind,
    string Input,
    string Window,
    string Formula,
    string Shape,
    Array Output,
    IReadOnlyList<int[]> Winners,
    int NaNCount
) : IPictureSource, IPicturesOnRequest
{
    /// <summary>Gets the input, for pictures: a plain array, or arrays of arrays; <see langword="null"/> where it is not known.</summary>
    public Array? InputValues { get; init; }

    /// <inheritdoc />
    public PictureGrid ToPictures() => new(ToString(), ArrayPictures.Of(Output, string.Empty));

    /// <summary>Returns input and output however small they are, with frames round the winners of a maximum.</summary>
    /// <returns>The pictures, with the output's size worked out below; few numbers are written in their cells.</returns>
    public PictureGrid ToRequestedPictures()
    {
        IReadOnlyList<Picture> inputs = InputValues is null ? [] : ArrayPictures.Numbered(InputValues, "input");
        return new PictureGrid(
            ToString(),
            [
                .. inputs.Select((picture, channel) => picture with { Marks = Frames(channel, inputs.Count) }),
                .. ArrayPictures.Numbered(Output, "output"),
            ]
        )
        {
            Note = $"output size: {Formula}",
        };
    }

    /// <summary>Says the sizes.</summary>
    /// <returns>For example <c>Max of 4x4 in windows of 2x2 gives 2x2</c>.</returns>
    public override string ToString() => $"{Kind} of {Input} in windows of {Window} gives {Shape}";

    /// <summary>
    /// Returns a frame of one cell round each winner in a plane: a position has the plane before its row where there are several.
    /// </summary>
    private int[][] Frames(int plane, int planes) =>
        [
            .. Winners
                .Where(at => planes == 1 || at[0] == plane)
                .Select(at => new[] { at.Length > 1 ? at[^2] : 0, at[^1], 1, 1 })
                .DistinctBy(frame => (frame[0], frame[1])),
        ];
}
