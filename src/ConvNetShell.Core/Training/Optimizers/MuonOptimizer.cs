using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Training.Settings;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training.Optimizers;

/// <summary>
/// Muon (Jordan et al., kellerjordan.github.io/posts/muon, 2024). The momentum of filters and matrices, one filter a row, is made nearly
/// orthogonal by steps of a Newton-Schulz iteration and scaled by 0.2 sqrt(max(rows, columns)), which makes its steps as large as AdamW's
/// (Liu et al., arXiv 2502.16982). The decay is taken off the weights directly.
/// Filters that are normalized get the orthogonal matrix as it is, and no decay: it would not last to the next step.
/// Muon is for hidden layers: vectors and the output layer move by AdamW or SGD, by default at a fifth of the rate, as no normalization
/// behind them takes their growth back.
/// </summary>
internal sealed class MuonOptimizer : Optimizer
{
    private const double A = 3.4445,
        B = -4.7750,
        C = 2.0315; // the post's coefficients of the iteration
    private const double StepOfAdam = 0.2,
        SmallestNorm = 1e-30; // filters of zeros stay zeros
    private readonly TrainingSettings settings;
    private readonly bool[] isOrthogonal; // filters and matrices, but the last of them, which are the output layer's
    private readonly ScalarType type; // of the iteration, which need not be exact
    private readonly Tensor[] velocity,
        square;

    public MuonOptimizer(IReadOnlyList<NamedTensor> parameters, TrainingSettings settings)
        : base(parameters, settings)
    {
        this.settings = settings;
        type = settings.Precision == Precision.BFloat16 ? ScalarType.BFloat16 : ScalarType.Float32;
        int output = parameters.ToList().FindLastIndex(parameter => parameter.Value.dim() >= 2);
        isOrthogonal = [.. parameters.Select((parameter, i) => parameter.Value.dim() >= 2 && i != output)];
        velocity = CreateState("velocity");
        square = CreateState("square");
    }

    protected override double Decay(int index) => settings.NormalizeFilters && isOrthogonal[index] ? 0 : base.Decay(index);

    protected override bool IsWhole(int index) => isOrthogonal[index];

    protected override void Update(WeightPiece piece, Tensor weight, Tensor gradient)
    {
        int index = piece.Index;
        if (isOrthogonal[index])
        {
            MoveOrthogonally(index, weight, gradient);
            return;
        }
        double rate = Rate(index) * settings.RestScale;
        if (settings.RestOptimizer == RestOptimizerKind.SGD)
        {
            AddDecay(index, weight, gradient);
            SgdOptimizer.ApplyUpdate(weight, gradient, piece.Of(velocity[index]), rate, settings.RestMomentum, nesterov: true);
        }
        else
        {
            weight.ScaleInPlace(1 - Rate(index) * Decay(index));
            AdamOptimizer.ApplyUpdate(weight, gradient, piece.Of(velocity[index]), piece.Of(square[index]), rate, Steps);
        }
    }

    /// <summary>
    /// Returns nearly the orthogonal matrix nearest to a matrix: its singular values are brought between about 0.7 and 1.2.
    /// </summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="iterations">The iterations; with fewer than 5 small singular values stay smaller.</param>
    internal static Tensor Orthogonal(Tensor matrix, int iterations = 5)
    {
        bool tall = matrix.shape[0] > matrix.shape[1];
        Tensor x = tall ? matrix.transpose(0, 1) : matrix;
        x = x / x.norm().Plus(1e-7);
        for (int i = 0; i < iterations; i++)
        {
            Tensor product = x.mm(x.transpose(0, 1));
            x = x.Times(A).Plus(product.Times(B).Plus(product.mm(product).Times(C)).mm(x));
        }
        return tall ? x.transpose(0, 1) : x;
    }

    private void MoveOrthogonally(int index, Tensor weight, Tensor gradient)
    {
        Tensor momentum = velocity[index].ScaleInPlace(Momentum).AddInPlace(gradient);
        Tensor step = Orthogonal(gradient.Plus(momentum, Momentum).flatten(1).to(type), settings.MuonIterations);
        double scale = 1;
        if (settings.NormalizeFilters)
        {
            weight.mul_(weight.norm().AtLeast(SmallestNorm).ToThePower(-1).Times(Math.Sqrt(weight.shape[0])));
        }
        else
        {
            weight.ScaleInPlace(1 - Rate(index) * Decay(index));
            scale = StepOfAdam * Math.Sqrt(Math.Max(step.shape[0], step.shape[1]));
        }
        weight.AddInPlace(step.reshape(weight.shape), -Rate(index) * scale);
    }
}
