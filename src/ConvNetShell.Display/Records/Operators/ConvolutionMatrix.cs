using System.Globalization;
using ConvNetShell.Display.Pictures;

namespace ConvNetShell.Display.Records.Operators;

/// <summary>
/// The matrix a convolution stands for: one row an output, one column an input; most of it is zero, and the same weights come again in
/// every row.
/// </summary>
/// <param name="Rows">The outputs.</param>
/// <param name="Columns">The inputs.</param>
/// <param name="NonZeros">The entries a window reaches; the weights there may be zero too.</param>
/// <param name="Weights">The different weights.</param>
/// <param name="Entries">The entries, a row an array.</param>
/// <param name="Output">The matrix times the input as one vector.</param>
/// <param name="Difference">The largest difference between that and the convolution's output; not a number where the input has
/// none.</param>
public sealed record ConvolutionMatrix(
    int Rows,
    int Columns,
    long NonZeros,
    int Weights,
    double[][] Entries,
    double[] Output,
    double Difference
) : IPicturesOnRequest
{
    /// <summary>Returns the entries as one picture; few of them with their numbers.</summary>
    /// <returns>The picture.</returns>
    public PictureGrid ToRequestedPictures() => new(ToString(), ArrayPictures.Numbered(Entries, "matrix"));

    /// <summary>Gets the fraction of the entries that a window reaches, from 0 to 1.</summary>
    public double Density => (double)NonZeros / ((long)Rows * Columns);

    /// <summary>Says the size, the entries that are not zero and the different weights.</summary>
    /// <returns>For example <c>3x5, 5 of 15 entries used, 2 weights, equal to 0</c>.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Rows}x{Columns}, {NonZeros:N0} of {(long)Rows * Columns:N0} entries used, {Weights} weights, largest difference "
                + $"{Difference:0.##E+0}"
        );
}
