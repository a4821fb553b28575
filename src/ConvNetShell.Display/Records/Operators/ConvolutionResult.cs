using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Pictures;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Display.Records.Operators;

/// <summary>The result of a convolution of arrays.</summary>
/// <param name="Operation">Cross-correlation (the field's convolution) or convolution with the kernel flipped.</param>
/// <param name="Input">The input's sizes.</param>
/// <param name="Kernel">The kernel's sizes.</param>
/// <param name="Formula">The output size with numbers put in.</param>
/// <param name="Shape">The output's sizes.</param>
/// <param name="Output">The output: a plain array, or arrays of arrays.</param>
/// <param name="NaNCount">The outputs that are not a number, as a NaN of the input makes them.</param>
[TypeFormatterSource(MimeBundle.Html, MimeBundle.PlainText)]
public sealed record ConvolutionResult(
    string Operation,
    string Input,
    string Kernel,
    string Formula,
    string Shape,
    Array Output,
    int NaNCount
) : IPictureSource
{
    /// <summary>Gets the matrix the convolution stands for, where it was asked for.</summary>
    public ConvolutionMatrix? Matrix { get; init; }

    /// <inheritdoc />
    public PictureGrid ToPictures() => new($"{Operation}: {Input}, kernel {Kernel}", ArrayPictures.Of(Output, string.Empty));

    /// <summary>Says the sizes and, where it is short, the output.</summary>
    /// <returns>For example <c>5 with kernel 2 gives 3: 0 1 0</c>.</returns>
    public override string ToString() =>
        $"{Input} with kernel {Kernel} gives "
        + $"{Shape}{(Output is double[] { Length: <= 16 } numbers ? ": " + ViewText.Numbers(numbers) : string.Empty)}";
}
