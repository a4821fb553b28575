using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Training;

/// <summary>Each optimiser against its paper, written out for one number at a time.</summary>
public sealed class OptimizerTests
{
    private static readonly double[] Start = [0.5, -1.25, 2];

    private delegate double Step(int t, double weight, double gradient, double[] memory);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.9, 0)]
    [InlineData(0.8, 0.1)]
    public void SgdHasNesterovMomentum(double momentum, double decay) => Follows(
        new TrainingSettings { Optimizer = OptimizerKind.SGD, Momentum = momentum, WeightDecay = decay },
        (_, weight, gradient, memory) =>
        {
            gradient += decay * weight;
            memory[0] = momentum * memory[0] + gradient;
            return weight - Rate * (gradient + momentum * memory[0]);
        });

    [Theory]
    [InlineData(OptimizerKind.Adam, 0)]
    [InlineData(OptimizerKind.Adam, 0.1)]
    [InlineData(OptimizerKind.AdamW, 0.1)]
    public void AdamCorrectsItsAverages(OptimizerKind kind, double decay) => Follows(
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
            double mean = memory[0] / (1 - Math.Pow(0.9, t)), square = memory[1] / (1 - Math.Pow(0.999, t));
            return weight - Rate * mean / (Math.Sqrt(square) + 1e-8);
        });

    [Fact]
    public void WeightWithoutAGradientStays()
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
