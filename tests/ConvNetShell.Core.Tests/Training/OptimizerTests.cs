using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training.Optimizers;
using ConvNetShell.Core.Training.Settings;
using TorchSharp;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Training;

/// <summary>Each optimizer against its paper, written out for one number at a time.</summary>
public sealed class OptimizerTests
{
    private static readonly double[] Start = [0.5, -1.25, 2];

    private delegate double Step(int t, double weight, double gradient, double[] memory);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.9, 0)]
    [InlineData(0.8, 0.1)]
    public void Sgd_has_nesterov_momentum(double momentum, double decay) =>
        Follows(
            new TrainingSettings
            {
                Optimizer = OptimizerKind.SGD,
                Momentum = momentum,
                WeightDecay = decay,
            },
            (_, weight, gradient, memory) =>
            {
                gradient += decay * weight;
                memory[0] = momentum * memory[0] + gradient;
                return weight - Rate * (gradient + momentum * memory[0]);
            }
        );

    [Fact]
    public void Plain_momentum_does_not_look_ahead() =>
        Follows(
            new TrainingSettings
            {
                Nesterov = false,
                Momentum = 0.8,
                WeightDecay = 0,
            },
            (_, weight, gradient, memory) =>
            {
                memory[0] = 0.8 * memory[0] + gradient;
                return weight - Rate * memory[0];
            }
        );

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    public void Adadelta_moves_as_its_steps_have_moved(double decay) =>
        Follows(
            new TrainingSettings { Optimizer = OptimizerKind.Adadelta, WeightDecay = decay },
            (_, weight, gradient, memory) =>
            {
                gradient += decay * weight;
                memory[0] = 0.95 * memory[0] + 0.05 * gradient * gradient;
                double step = Math.Sqrt(memory[1] + 1e-6) / Math.Sqrt(memory[0] + 1e-6) * gradient;
                memory[1] = 0.95 * memory[1] + 0.05 * step * step;
                return weight - Rate * step;
            }
        );

    [Theory]
    [InlineData(0)]
    [InlineData(0.9)]
    public void Rms_prop_divides_by_the_mean_square(double momentum) =>
        Follows(
            new TrainingSettings
            {
                Optimizer = OptimizerKind.RMSprop,
                Momentum = momentum,
                WeightDecay = 0.1,
            },
            (_, weight, gradient, memory) =>
            {
                gradient += 0.1 * weight;
                memory[0] = 0.99 * memory[0] + 0.01 * gradient * gradient;
                memory[1] = momentum * memory[1] + gradient / (Math.Sqrt(memory[0]) + 1e-8);
                return weight - Rate * memory[1];
            }
        );

    [Theory]
    [InlineData(4, 9, false)]
    [InlineData(9, 4, false)]
    [InlineData(1, 5, true)]
    [InlineData(9, 4, true)]
    [InlineData(10, 256, true)]
    [InlineData(24, 12, true)]
    [InlineData(33, 35, true)]
    [InlineData(64, 216, true)]
    public void Muons_step_is_nearly_orthogonal(int rows, int columns, bool reduced)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(3);
        Tensor matrix = randn(rows, columns, generator: random);
        Tensor step = MuonOptimizer.Orthogonal(reduced ? matrix.to(ScalarType.BFloat16) : matrix).to(ScalarType.Float32);
        Assert.Equal([rows, columns], step.shape);
        Assert.All(linalg.svdvals(step).data<float>().ToArray(), value => Assert.InRange(value, reduced ? 0.3 : 0.6, 1.3));
        float along = (step * matrix).sum().item<float>(),
            most = linalg.svdvals(matrix).sum().item<float>(); // the nearest orthogonal matrix reaches the most
        Assert.InRange(along / most, 0.6, 1.2);
    }

    [Fact]
    public void Muon_moves_vectors_and_the_output_layer_by_adam_at_a_fifth_of_the_rate()
    {
        float[][] muon = Moved(OptimizerKind.Muon, 0.1),
            adam = Moved(OptimizerKind.AdamW, 0.02);
        Assert.NotEqual(adam[0], muon[0]);
        Assert.Equal(adam[1..], muon[1..]);

        static float[][] Moved(OptimizerKind kind, double rate)
        {
            using Network network = TinyData.Network("fc4 relu fc3");
            using var optimizer = Optimizer.Create(network.Parameters, new TrainingSettings { Optimizer = kind, WeightDecay = 0 });
            using var scope = NewDisposeScope();
            using var random = new Generator(2);
            foreach (NamedTensor parameter in network.Parameters)
            {
                parameter.Value.grad = randn(parameter.Value.shape, generator: random);
            }
            optimizer.LearningRate = rate;
            optimizer.Step();
            optimizer.ClearGradients();
            return [.. network.Parameters.Select(parameter => parameter.Value.data<float>().ToArray())];
        }
    }

    [Fact]
    public void Muon_normalizes_filters_and_leaves_the_rest_to_SGD()
    {
        using Network network = TinyData.Network("fc4 fc3");
        using var scope = NewDisposeScope();
        using var random = new Generator(2);
        var settings = new TrainingSettings
        {
            Optimizer = OptimizerKind.Muon,
            LearningRate = 0.5,
            WeightDecay = 0.1,
            MuonIterations = 3,
            NormalizeFilters = true,
            RestOptimizer = RestOptimizerKind.SGD,
            RestLearningRate = 0.2,
            RestMomentum = 0.8,
        };
        using var optimizer = Optimizer.Create(network.Parameters, settings);
        Tensor[] before = [.. network.Parameters.Select(parameter => parameter.Value.detach().clone())],
            gradients = [.. before.Select(value => randn(value.shape, generator: random))];
        foreach ((NamedTensor parameter, Tensor gradient) in network.Parameters.Zip(gradients))
        {
            parameter.Value.grad = gradient.clone();
        }
        optimizer.LearningRate = 0.25; // half way down a schedule: the rest are half way down too
        optimizer.Step();
        optimizer.ClearGradients();

        Tensor normal = before[0] * 2 / before[0].norm(); // 4 filters
        AssertEqual(normal - 0.25 * MuonOptimizer.Orthogonal(gradients[0], 3), 0);
        for (int i = 1; i < before.Length; i++)
        {
            AssertEqual(before[i] - 0.1 * 1.8 * (gradients[i] + 0.1 * before[i]), i);
        }

        void AssertEqual(Tensor expected, int index) =>
            Assert.True(network.Parameters[index].Value.allclose(expected, atol: 1e-5), network.Parameters[index].Name);
    }

    [Fact]
    public void Decay_may_leave_vectors_out()
    {
        using Network network = TinyData.Network("fc3");
        using var optimizer = Optimizer.Create(
            network.Parameters,
            new TrainingSettings
            {
                ExcludeBiasAndNormFromDecay = true,
                WeightDecay = 0.5,
                Momentum = 0,
            }
        );
        using var noGradients = no_grad();
        network.Parameters[1].Value.fill_(1);
        float before = network.Parameters[0].Value.data<float>()[0];
        foreach (NamedTensor parameter in network.Parameters)
        {
            parameter.Value.grad = zeros_like(parameter.Value);
        }
        optimizer.LearningRate = 0.1;
        optimizer.Step();
        Assert.Equal(before * 0.95f, network.Parameters[0].Value.data<float>()[0], 1e-6);
        Assert.All(network.Parameters[1].Value.data<float>().ToArray(), bias => Assert.Equal(1f, bias));
        optimizer.ClearGradients();
    }

    [Theory]
    [InlineData(OptimizerKind.Adam, 0)]
    [InlineData(OptimizerKind.Adam, 0.1)]
    [InlineData(OptimizerKind.AdamW, 0.1)]
    public void Adam_corrects_its_averages(OptimizerKind kind, double decay) =>
        Follows(
            new TrainingSettings { Optimizer = kind, WeightDecay = decay },
            (t, weight, gradient, memory) =>
            {
                if (kind == OptimizerKind.AdamW)
                {
                    weight -= Rate * decay * weight;
                }
                else
                {
                    gradient += decay * weight;
                }
                memory[0] = 0.9 * memory[0] + 0.1 * gradient;
                memory[1] = 0.999 * memory[1] + 0.001 * gradient * gradient;
                double mean = memory[0] / (1 - Math.Pow(0.9, t)),
                    square = memory[1] / (1 - Math.Pow(0.999, t));
                return weight - Rate * mean / (Math.Sqrt(square) + 1e-8);
            }
        );

    /// <summary>Of numbers that do not lie in their order the whole is a piece.</summary>
    [Theory]
    [InlineData(OptimizerKind.SGD)]
    [InlineData(OptimizerKind.Adam)]
    [InlineData(OptimizerKind.AdamW)]
    [InlineData(OptimizerKind.Adadelta)]
    [InlineData(OptimizerKind.RMSprop)]
    [InlineData(OptimizerKind.Muon)]
    public void A_large_weight_moves_in_pieces_as_it_does_as_a_whole(OptimizerKind kind)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(4);
        int rows = 3,
            columns = (int)WeightPiece.Most - 5;
        Tensor start = randn(rows, columns, generator: random),
            gradient = randn(rows, columns, generator: random);
        var settings = new TrainingSettings { Optimizer = kind, WeightDecay = 0.1 };

        (Tensor parts, int pieces) = Move(start.clone());
        (Tensor whole, int one) = Move(start.t().contiguous().t());

        Assert.Equal((3, 1), (pieces, one));
        Assert.Equal(whole.contiguous().data<float>().ToArray(), parts.data<float>().ToArray());

        (Tensor, int) Move(Tensor values)
        {
            var weight = new NamedTensor("weight", values.requires_grad_());
            using var optimizer = Optimizer.Create([weight], settings);
            var runner = new ReverseRunner();
            optimizer.LearningRate = 0.1;
            for (int step = 0; step < 3; step++)
            {
                weight.Value.grad = gradient * (step + 1);
                optimizer.Step(runner);
            }
            optimizer.ClearGradients();
            return (weight.Value.detach(), runner.Pieces);
        }
    }

    /// <summary>Does the last piece first.</summary>
    private sealed class ReverseRunner : IPieceRunner
    {
        public int Pieces { get; private set; }

        public void Run(IReadOnlyList<WeightPiece> pieces, Action<WeightPiece> work)
        {
            Pieces = pieces.Count;
            Array.ForEach([.. pieces.Reverse()], work);
        }
    }

    [Fact]
    public void Weight_without_a_gradient_stays()
    {
        using var weight = new NamedTensor("weight", tensor(Start, requires_grad: true).DetachFromDisposeScope());
        using var optimizer = Optimizer.Create([weight], new TrainingSettings());
        optimizer.LearningRate = 1;
        optimizer.Step();
        Assert.Equal(Start, weight.Value.data<double>());
    }

    private const double Rate = 0.05;

    private static void Follows(TrainingSettings settings, Step step)
    {
        using var scope = NewDisposeScope();
        using var weight = new NamedTensor("weight", tensor(Start, requires_grad: true).DetachFromDisposeScope());
        using var optimizer = Optimizer.Create([weight], settings);
        double[] expected = [.. Start];
        double[][] memory = [.. Start.Select(_ => new double[2])];
        optimizer.LearningRate = Rate;
        for (int t = 1; t <= 6; t++)
        {
            optimizer.ClearGradients();
            (weight.Value.pow(4).sum() / 4).backward(); // the gradient is the cube
            optimizer.Step();
            expected = [.. expected.Select((w, i) => step(t, w, w * w * w, memory[i]))];
            Assert.All(weight.Value.data<double>().Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-12));
        }
    }
}
