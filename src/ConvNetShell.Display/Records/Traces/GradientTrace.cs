using System.Globalization;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Pictures;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Display.Records.Traces;

/// <summary>
/// The gradient of the loss with respect to one weight, in double precision: as a sum of products, as backward computed it, and as a finite
/// difference of two losses; and one step of gradient descent.
/// </summary>
/// <param name="Source">The image, or how many.</param>
/// <param name="Layer">The layer's name.</param>
/// <param name="Kind">The layer in the specification language, for example conv5x5x16.</param>
/// <param name="Parameter">weight or bias.</param>
/// <param name="At">The weight's position, from 0: filter, channel of the filter, row, column; unit and input of a dense layer; the filter
/// or unit of a bias.</param>
/// <param name="Value">The weight.</param>
/// <param name="Loss">The mean cross-entropy of the images.</param>
/// <param name="Terms">The terms of the gradient, the largest magnitude first.</param>
/// <param name="Backward">The gradient that automatic differentiation computed.</param>
/// <param name="Delta">The number that is added to the weight and taken from it for the finite difference.</param>
/// <param name="LossAbove">The loss with the number added.</param>
/// <param name="LossBelow">The loss with the number taken.</param>
/// <param name="LearningRate">The learning rate of the step.</param>
/// <param name="LossAfter">The loss after the step, all other weights unchanged.</param>
[TypeFormatterSource(MimeBundle.Html, MimeBundle.Png, MimeBundle.PlainText)]
public sealed record GradientTrace(
    string Source,
    string Layer,
    string Kind,
    string Parameter,
    IReadOnlyList<int> At,
    double Value,
    double Loss,
    IReadOnlyList<GradientTerm> Terms,
    double Backward,
    double Delta,
    double LossAbove,
    double LossBelow,
    double LearningRate,
    double LossAfter
) : IPictureSource
{
    private const double Tolerance = 1e-4,
        Rounding = 1e-15; // of a loss of 1, in double precision
    private const int MostPictured = 8;

    /// <summary>Gets the gradient: the sum of the terms' products.</summary>
    public double Gradient => Terms.Sum(term => term.Product);

    /// <summary>Gets the centered finite difference: the two losses' difference divided by twice the delta.</summary>
    public double FiniteDifference => (LossAbove - LossBelow) / (2 * Delta);

    /// <summary>Gets the difference between gradient and finite difference, as a fraction of the larger of them.</summary>
    public double RelativeDifference =>
        Gradient == FiniteDifference ? 0 : Math.Abs(Gradient - FiniteDifference) / Math.Max(Math.Abs(Gradient), Math.Abs(FiniteDifference));

    /// <summary>
    /// Gets a value indicating whether sum, backward and finite difference agree: to 1e-4 of the gradient, up to the rounding of the
    /// losses.
    /// </summary>
    public bool Agrees =>
        Math.Max(Math.Abs(Gradient - Backward), Math.Abs(Gradient - FiniteDifference))
        <= Tolerance * Math.Abs(Gradient) + Rounding * Math.Max(1, Math.Abs(Loss)) / Delta;

    /// <summary>Gets the weight after the step: the weight minus learning rate times gradient.</summary>
    public double NewValue => Value - (LearningRate * Gradient);

    /// <summary>Gets the trace as text.</summary>
    public string Calculation => GradientText.Of(this);

    /// <inheritdoc />
    public PictureGrid ToPictures() =>
        new(
            $"{Name}, {Source}",
            [
                .. Terms
                    .GroupBy(term => term.Source)
                    .OrderBy(image => image.Key, StringComparer.Ordinal)
                    .Take(MostPictured)
                    .SelectMany(Planes),
            ]
        )
        {
            Columns = 3,
            Note = ToString(),
        };

    /// <summary>Gets the name of the weight: layer, parameter and position.</summary>
    internal string Name => $"{Layer}.{Parameter}[{ViewText.Position(At)}]";

    /// <summary>An image's inputs, gradients and products, each where its output is.</summary>
    private static IEnumerable<Picture> Planes(IGrouping<string, GradientTerm> image)
    {
        GradientTerm[] terms = [.. image];
        int[][] positions = [.. terms.Select(term => (int[])[.. term.At.Skip(1)])];
        int[] sizes = positions[0].Length == 0 ? [1] : [.. positions[0].Select((_, d) => positions.Max(at => at[d]) + 1)];
        int width = sizes[^1],
            height = sizes.Length > 1 ? sizes[^2] : 1,
            planes = sizes.Length > 2 ? sizes[0] : 1;
        Picture Of(string caption, Func<GradientTerm, double> number)
        {
            var values = new float[planes * height * width];
            for (int i = 0; i < terms.Length; i++)
            {
                values[positions[i].Select((p, d) => (p, d)).Aggregate(0, (index, next) => index * sizes[next.d] + next.p)] = (float)number(
                    terms[i]
                );
            }
            return new Picture(caption, planes, height, width, values, ColorScale.Diverging);
        }
        yield return Of("inputs of the weight", term => term.Input);
        yield return Of("gradients of the outputs", term => term.OutputGradient);
        yield return Of("products", term => term.Product);
    }

    /// <summary>Says the weight, its gradient and the finite difference.</summary>
    /// <returns>For example <c>conv1.weight[2,0,1,1]: gradient -0.0123 (1024 products), finite difference -0.0123, 0.25 becomes
    /// 0.25123</c>.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Name}: gradient {Gradient:G4} ({Terms.Count} {(Terms.Count == 1 ? "product" : "products")}), finite difference "
                + $"{FiniteDifference:G4}, {Value:G5} becomes {NewValue:G5}{(Agrees ? string.Empty : ": THEY DIFFER")}"
        );
}
