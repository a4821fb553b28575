using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Training.Settings;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training.Optimizers;

/// <summary>
/// Muon (Jordan et al., kellerjordan.github.io/posts/muon, 2024). The momentum of filters and matrices, one filter a row, is made nearly
/// orthogonal by five
/// steps of a Newton-Schulz iteration and scaled by 0.2 sqrt(max(rows, columns)), which makes its steps as large as AdamW's (Liu et al.,
/// arXiv 2502.16982).
/// It is for hidden layers: vectors and the output layer move by AdamW, at a fifth of the rate, as no normalization behind them takes their
/// growth back.
/// The decay is taken off the weights directly.
/// </summary>
internal sealed class MuonOptimizer : Optimizer
{
    private const double A = 3.4445,
        B = -4.7750,
        C = 2.0315; // the post's coefficients of the iteration
    private const int Iterations = 5;
    private const double StepOfAdam = 0.2,
        RateOfAdam = 0.2;
    private readonly int output; // the last weights that are no vector
    private readonly ScalarType type; // of the iteration, which need not be exact
    private readonly Tensor[] velocity,
        square;

    public MuonOptimizer(IReadOnlyList<NamedTensor> parameters, TrainingSettings settings)
        : base(parameters, settings)
    {
        type = settings.Precision == Precision.BFloat16 ? ScalarType.BFloat16 : ScalarType.Float32;
        output = parameters.ToList().FindLastIndex(parameter => parameter.Value.dim() >= 2);
        velocity = CreateState("velocity");
        square = CreateState("square");
    }

    protected override void Update(int index, Tensor weight, Tensor gradient)
    {
        weight.ScaleInPlace(1 - Rate(index) * Decay(index));
        if (weight.dim() < 2 || index == output)
        {
            AdamOptimizer.ApplyUpdate(weight, gradient, velocity[index], square[index], Rate(index) * RateOfAdam, Steps);
            return;
        }
        Tensor momentum = velocity[index].ScaleInPlace(Momentum).AddInPlace(gradient);
        Tensor step = Orthogonal(gradient.Plus(momentum, Momentum).flatten(1).to(type));
        double scale = StepOfAdam * Math.Sqrt(Math.Max(step.shape[0], step.shape[1]));
        weight.AddInPlace(step.reshape(weight.shape), -Rate(index) * scale);
    }

    /// <summary>
    /// Returns nearly the orthogonal matrix nearest to a matrix: its singular values are brought between about 0.7 and 1.2.
    /// </summary>
    internal static Tensor Orthogonal(Tensor matrix)
    {
        bool tall = matrix.shape[0] > matrix.shape[1];
        Tensor x = tall ? matrix.transpose(0, 1) : matrix;
        x = x / x.norm().Plus(1e-7);
        for (int i = 0; i < Iterations; i++)
        {
            Tensor product = x.matmul(x.transpose(0, 1));
            x = x.Times(A).Plus(product.Times(B).Plus(product.matmul(product).Times(C)).matmul(x));
        }
        return tall ? x.transpose(0, 1) : x;
    }
}
