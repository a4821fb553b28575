using System.Globalization;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Display.Records.Operators;

/// <summary>One step of a pooling: the values of a window, and its maximum or mean.</summary>
/// <param name="Step">The step, from 1.</param>
/// <param name="Channel">The channel's index, from 0.</param>
/// <param name="Position">The output's position in each dimension, from 0.</param>
/// <param name="From">The first input position under the window in each dimension; negative within the padding.</param>
/// <param name="Patch">The values under the window; padding is not a number for a maximum, which it never wins, and 0 for a mean.</param>
/// <param name="Winner">For a maximum: its position in the input; for a mean empty.</param>
/// <param name="Output">The maximum or the mean.</param>
public sealed record PoolingStep(
    int Step,
    int Channel,
    IReadOnlyList<int> Position,
    IReadOnlyList<int> From,
    IReadOnlyList<double> Patch,
    IReadOnlyList<int> Winner,
    double Output
)
{
    private const int Shown = 9;

    /// <summary>Gets the pooling that the step is of, for pictures of it; <see langword="null"/> where it is not known.</summary>
    public PoolingScene? Scene { get; init; }

    /// <summary>Gets the calculation as one writes it by hand; long ones are cut.</summary>
    public string Calculation
    {
        get
        {
            bool isMaximum = Winner.Count > 0;
            string[] numbers =
            [
                .. Patch.Where(value => !isMaximum || double.IsFinite(value) || double.IsNaN(Output)).Select(ViewText.Number),
            ];
            string more = numbers.Length > Shown ? ", ..." : string.Empty;
            string shown = string.Join(", ", numbers.Take(Shown)) + more;
            return $"{(isMaximum ? "max" : "mean")}({shown}) = {ViewText.Number(Output)}";
        }
    }

    /// <summary>Gives the position and the calculation.</summary>
    /// <returns>For example <c>0,1: max(2, 1, 0, 1) = 2</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{string.Join(',', Position)}: {Calculation}");
}
