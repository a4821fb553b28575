using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Training.Settings;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training.Optimizers;

/// <summary>Adam and AdamW, with the paper's constants: decay rates 0.9 and 0.999, epsilon 1e-8.</summary>
internal sealed class AdamOptimizer : Optimizer
{
    private const double Beta1 = 0.9,
        Beta2 = 0.999,
        Epsilon = 1e-8;
    private readonly bool decoupled;
    private readonly Tensor[] mean,
        square;

    public AdamOptimizer(IReadOnlyList<NamedTensor> parameters, TrainingSettings settings, bool decoupled)
        : base(parameters, settings)
    {
        this.decoupled = decoupled;
        mean = CreateState("mean");
        square = CreateState("square");
    }

    protected override void Update(WeightPiece piece, Tensor weight, Tensor gradient)
    {
        if (decoupled)
        {
            weight.ScaleInPlace(1 - Rate(piece.Index) * Decay(piece.Index));
        }
        else
        {
            AddDecay(piece.Index, weight, gradient);
        }
        ApplyUpdate(weight, gradient, piece.Of(mean[piece.Index]), piece.Of(square[piece.Index]), Rate(piece.Index), Steps);
    }

    /// <summary>Moves a weight by Adam's rule.</summary>
    internal static void ApplyUpdate(Tensor weight, Tensor gradient, Tensor mean, Tensor square, double rate, long step)
    {
        mean.ScaleInPlace(Beta1).AddInPlace(gradient, 1 - Beta1);
        square.ScaleInPlace(Beta2).AddProductInPlace(gradient, gradient, 1 - Beta2);
        Tensor scale = square.DividedBy(1 - Math.Pow(Beta2, step)).sqrt_().AddInPlace(Epsilon);
        weight.AddQuotientInPlace(mean, scale, -rate / (1 - Math.Pow(Beta1, step)));
    }
}
