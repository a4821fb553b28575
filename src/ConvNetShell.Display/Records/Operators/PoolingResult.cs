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
) : IPictureSource
{
    /// <inheritdoc />
    public PictureGrid ToPictures() => new(ToString(), ArrayPictures.Of(Output, string.Empty));

    /// <summary>Says the sizes.</summary>
    /// <returns>For example <c>Max of 4x4 in windows of 2x2 gives 2x2</c>.</returns>
    public override string ToString() => $"{Kind} of {Input} in windows of {Window} gives {Shape}";
}
