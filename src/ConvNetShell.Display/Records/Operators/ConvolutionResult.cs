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
) : IPictureSource, IPicturesOnRequest
{
    private const string OutputName = "output";
    private const int MostKernels = 16;
    private static readonly string[] Colors = ["R", "G", "B"];

    /// <summary>Gets the matrix the convolution stands for, where it was asked for.</summary>
    public ConvolutionMatrix? Matrix { get; init; }

    /// <summary>Gets the input, for pictures: a plain array, or arrays of arrays; <see langword="null"/> where it is not known.</summary>
    public Array? InputValues { get; init; }

    /// <summary>Gets the kernel, for pictures: a plain array, or arrays of arrays; <see langword="null"/> where it is not known.</summary>
    public Array? KernelValues { get; init; }

    /// <summary>Gets a value indicating whether the input is a picture of red, green and blue.</summary>
    public bool IsColor { get; init; }

    /// <summary>Returns the output's maps, with the input and the kernel before them where these are known.</summary>
    /// <returns>The pictures; none where the output is so small that its numbers say more.</returns>
    public PictureGrid ToPictures() => Pictures(ArrayPictures.Of(Output, string.Empty));

    /// <summary>Returns the same pictures however small they are; few numbers are written in their cells, and the matrix follows where
    /// there is one.</summary>
    /// <returns>The pictures, with the output's size worked out below.</returns>
    public PictureGrid ToRequestedPictures()
    {
        PictureGrid grid = Pictures(ArrayPictures.Numbered(Output, string.Empty));
        IReadOnlyList<Picture> matrix = Matrix?.ToRequestedPictures().Pictures ?? [];
        return grid with { Pictures = [.. grid.Pictures, .. matrix], Note = $"output size: {Formula}" };
    }

    /// <summary>Says the sizes and, where it is short, the output.</summary>
    /// <returns>For example <c>5 with kernel 2 gives 3: 0 1 0</c>.</returns>
    public override string ToString() =>
        $"{Input} with kernel {Kernel} gives "
        + $"{Shape}{(Output is double[] { Length: <= 16 } numbers ? ": " + ViewText.Numbers(numbers) : string.Empty)}";

    private PictureGrid Pictures(IReadOnlyList<Picture> outputs)
    {
        bool isByColor = IsColor && outputs.Count == Colors.Length;
        IEnumerable<Picture> maps = outputs.Select(
            (picture, i) => picture with { Caption = isByColor ? $"{OutputName} {Colors[i]}" : $"{OutputName} {picture.Caption}".Trim() }
        );
        return new PictureGrid($"{Operation}: {Input}, kernel {Kernel}", outputs.Count == 0 ? [] : [.. Before(), .. maps]);
    }

    private IEnumerable<Picture> Before()
    {
        if (InputValues is null || KernelValues is null)
        {
            return [];
        }
        IReadOnlyList<Picture> kernels = ArrayPictures.Numbered(KernelValues, "kernel");
        return IsColor
            ? [ArrayPictures.Color(InputValues, "input"), .. kernels.Take(MostKernels)]
            : [.. ArrayPictures.Numbered(InputValues, "input").Take(MostKernels), .. kernels.Take(MostKernels)];
    }
}
