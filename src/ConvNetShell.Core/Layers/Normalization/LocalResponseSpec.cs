using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Layers.Normalization;

/// <summary>
/// Local response normalization across channels (Krizhevsky et al., 2012, section 3.3): each value is divided by
/// (k + alpha x the sum of the squares of the values at its position in <see cref="Size"/> neighboring channels) ^ beta. Alpha is the
/// paper's; libtorch and Caffe divide theirs by the size first.
/// </summary>
public sealed record LocalResponseSpec : LayerSpec
{
    /// <summary>Initializes a new instance of the <see cref="LocalResponseSpec"/> class.</summary>
    /// <param name="size">The number of neighboring channels, itself included. Default: 5.</param>
    /// <param name="alpha">The factor of the sum of squares. Default: 1e-4.</param>
    /// <param name="beta">The exponent. Default: 0.75.</param>
    /// <param name="k">The constant. Default: 2.</param>
    /// <exception cref="InvalidSettingException">A number is out of range.</exception>
    public LocalResponseSpec(int size = 5, double alpha = 1e-4, double beta = 0.75, double k = 2)
    {
        Size = size >= 1 ? size : throw new InvalidSettingException("Size", "an integer of 1 or more", size);
        Alpha =
            alpha >= 0 && double.IsFinite(alpha)
                ? alpha
                : throw new InvalidSettingException("Alpha", "a finite number of 0 or more", alpha);
        Beta = beta >= 0 && double.IsFinite(beta) ? beta : throw new InvalidSettingException("Beta", "a finite number of 0 or more", beta);
        K = k > 0 && double.IsFinite(k) ? k : throw new InvalidSettingException("K", "a finite number above 0", k);
    }

    /// <summary>Gets the number of neighboring channels, itself included.</summary>
    public int Size { get; }

    /// <summary>Gets the factor of the sum of squares.</summary>
    public double Alpha { get; }

    /// <summary>Gets the exponent.</summary>
    public double Beta { get; }

    /// <summary>Gets the constant.</summary>
    public double K { get; }

    /// <inheritdoc />
    public override string Kind => "lrn";

    /// <inheritdoc />
    public override string ToToken() => string.Create(CultureInfo.InvariantCulture, $"{Kind}{Size}");

    internal override LayerModule Build(Shape input, WeightInitializer start) => new LocalResponseModule(this);
}
