using System.Globalization;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Display.Records.Operators;

/// <summary>
/// One step of a convolution, or one unit of a fully connected layer: its inputs, its weights, and its output.
/// </summary>
/// <param name="Step">The step, from 1.</param>
/// <param name="Kernel">The kernel's index, from 0.</param>
/// <param name="Position">The output's position in each dimension, from 0.</param>
/// <param name="From">The first input position under the window in each dimension; negative within the padding.</param>
/// <param name="Patch">The values under the window, channel by channel; padding is 0.</param>
/// <param name="Weights">The weights they are multiplied with.</param>
/// <param name="Bias">The bias added to the sum.</param>
public sealed record ConvolutionStep(
    int Step,
    int Kernel,
    IReadOnlyList<int> Position,
    IReadOnlyList<int> From,
    IReadOnlyList<double> Patch,
    IReadOnlyList<double> Weights,
    double Bias
)
{
    private const int Shown = 9;

    /// <summary>Gets the convolution that the step is of, for pictures of it; <see langword="null"/> where it is not known.</summary>
    public ConvolutionScene? Scene { get; init; }

    /// <summary>Gets the product at each position of the window.</summary>
    public IReadOnlyList<double> Products => [.. Patch.Zip(Weights, (value, weight) => value * weight)];

    /// <summary>Gets the sum of the products.</summary>
    public double Sum => Products.Sum();

    /// <summary>Gets the output: the sum and the bias.</summary>
    public double Output => Sum + Bias;

    /// <summary>Gets the calculation as one writes it by hand; long ones are cut.</summary>
    public string Calculation
    {
        get
        {
            string terms = string.Join(
                " + ",
                Patch.Zip(Weights, (value, weight) => $"{ViewText.Number(value)}*{ViewText.Number(weight)}").Take(Shown)
            );
            return $"{terms}{(Patch.Count > Shown ? " + ..." : string.Empty)}"
                + $"{(Bias == 0 ? string.Empty : $" + {ViewText.Number(Bias)}")} = {ViewText.Number(Output)}";
        }
    }

    /// <summary>Gives the position and the calculation.</summary>
    /// <returns>For example <c>2: 1*1 + 0*-1 = 1</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{string.Join(',', Position)}: {Calculation}");
}
