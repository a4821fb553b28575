using System.Globalization;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Pictures;
using ConvNetShell.Display.Records.Traces;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Display.Records.Understanding;

/// <summary>
/// The trace of one unit: its input values, the contribution of each, and the result, compared with the network's own value.
/// </summary>
/// <param name="Source">The image.</param>
/// <param name="Layer">The layer's name.</param>
/// <param name="Kind">The layer in the specification language, for example conv5x5x16.</param>
/// <param name="At">The unit's position in the layer's output, from 0: channel, row, column.</param>
/// <param name="Operation">The operation on the values, as text.</param>
/// <param name="Contributions">The values that go in.</param>
/// <param name="Bias">The number added to the sum; 0 for none.</param>
/// <param name="Computed">The result of this trace.</param>
/// <param name="Activation">The network's own value.</param>
[TypeFormatterSource(MimeBundle.Html, MimeBundle.Png, MimeBundle.PlainText)]
public sealed record ActivationTrace(
    string Source,
    string Layer,
    string Kind,
    IReadOnlyList<int> At,
    string Operation,
    IReadOnlyList<Contribution> Contributions,
    double Bias,
    double Computed,
    double Activation
) : IPictureSource
{
    private const double Tolerance = 1e-5;

    /// <summary>Gets the sizes of the window the taps fill: channels, rows, columns; empty where they fill none.</summary>
    public IReadOnlyList<int> Window { get; init; } = [];

    /// <summary>
    /// Gets the index in <see cref="Contributions"/> of the largest one, which a recursion follows; -1 if there is none.
    /// </summary>
    public int Lead { get; init; } = -1;

    /// <summary>
    /// Gets all that the network computed of the image up to this layer, which an interactive page shows; <see langword="null"/> where it
    /// is not kept.
    /// </summary>
    public TracedNetwork? Network { get; init; }

    /// <summary>Gets the traces of the units that this one's largest contributions lead to, drawn below it; none for a lone one.</summary>
    public IReadOnlyList<ActivationTrace> Path { get; init; } = [];

    /// <summary>Gets the value that counts most, or <see langword="null"/>.</summary>
    public Contribution? Strongest => Lead < 0 ? null : Contributions[Lead];

    /// <summary>Gets the sum of the products.</summary>
    public double Sum => Contributions.Sum(tap => tap.Product);

    /// <summary>Gets the contribution of each channel of the input.</summary>
    public IReadOnlyList<ChannelSum> ChannelSums =>
        [.. Contributions.GroupBy(tap => tap.At[0]).Select(channel => new ChannelSum(channel.Key, channel.Sum(tap => tap.Product)))];

    /// <summary>Gets the difference between this trace and the network's own value.</summary>
    public double Difference => Math.Abs(Computed - Activation);

    /// <summary>Gets a value indicating whether they agree to 1e-5 of the numbers that were added up.</summary>
    public bool Agrees => Difference <= Tolerance * Math.Max(1, Contributions.Sum(tap => Math.Abs(tap.Product)));

    /// <summary>Gets the trace as text.</summary>
    public string Calculation => ContributionText.Of(this);

    /// <inheritdoc />
    public PictureGrid ToPictures() => Path.Count == 0 ? OwnPictures() : PictureCollection.Merge(Path.Prepend(this with { Path = [] }));

    private PictureGrid OwnPictures()
    {
        (int planes, int height, int width) = Window.Count switch
        {
            0 => (1, 1, Contributions.Count),
            1 => (1, 1, Window[0]),
            2 => (Window[0], 1, Window[1]),
            3 => (Window[0], Window[1], Window[2]),
            _ => (Window[0] * Window[1], Window[2], Window[3]),
        };
        Picture Of(string caption, Func<Contribution, double> value) =>
            new(caption, planes, height, width, [.. Contributions.Select(tap => (float)value(tap))], ColorScale.Diverging);
        return new PictureGrid(
            string.Create(CultureInfo.InvariantCulture, $"{Layer}[{ViewText.Position(At)}], {Source}"),
            Contributions.Count == 0
                ? []
                : [Of("values", tap => tap.Value), Of("weights", tap => tap.Weight), Of("products", tap => tap.Product)]
        )
        {
            Columns = 3,
            Note = ToString(),
        };
    }

    /// <summary>Says the unit, the sum and the network's own value.</summary>
    /// <returns>For example <c>conv2[3,4,4]: 400 values, sum 1.234 + bias 0.05, computed 1.284, the network has 1.284</c>.</returns>
    public override string ToString()
    {
        string biased = Bias == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"sum {Sum:G6} + bias {Bias:G6}, ");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Layer}[{ViewText.Position(At)}]: {Contributions.Count} {(Contributions.Count == 1 ? "value" : "values")}, "
                + $"{biased}computed {Computed:G6}, the network has {Activation:G6}{(Agrees ? string.Empty : ": THEY DIFFER")}"
        );
    }
}
