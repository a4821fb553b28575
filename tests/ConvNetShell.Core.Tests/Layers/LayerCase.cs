using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Layers.Spec;
using ConvNetShell.Core.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Layers;

/// <summary>One live layer of the contract's grid, in float64, with an input on which no rectifier or maximum is near a kink.</summary>
internal sealed class LayerCase : IDisposable
{
    private const int Batch = 3;
    private readonly Generator random = new(7);
    private readonly Tensor projection;

    /// <param name="token">The layer, in the specification language.</param>
    /// <param name="input">The shape of one input.</param>
    /// <param name="device">Where it computes; the numbers are drawn on the processor.</param>
    public LayerCase(string token, string input, Device? device = null)
    {
        device ??= CPU;
        Spec = NetworkSpec.Parse(token).Single();
        InputShape = Shape.Parse(input);
        Module = Build(random);
        using var noGradients = no_grad();
        foreach (NamedTensor tensor in Module.Parameters)
        {
            tensor.Value.add_(0.1, 1); // biases and shifts start at zero, where a mistake in them would not show
        }
        long count = Batch * InputShape.Elements;
        Input = randperm(count, ScalarType.Float64, generator: random)
            .add_(0.5)
            .div_(count)
            .sub_(0.5)
            .reshape([Batch, .. InputShape.ToArray().Select(size => (long)size)])
            .to(device)
            .requires_grad_()
            .DetachFromDisposeScope();
        projection = rand(
                [Batch, .. Spec.OutputShape(InputShape).ToArray().Select(size => (long)size)],
                ScalarType.Float64,
                generator: random
            )
            .to(device)
            .DetachFromDisposeScope();
        foreach (NamedTensor tensor in Module.Parameters.Concat(Module.Buffers))
        {
            tensor.MoveTo(device);
        }
    }

    public LayerSpec Spec { get; }

    public Shape InputShape { get; }

    public LayerModule Module { get; }

    public Tensor Input { get; }

    /// <summary>Runs the layer; random layers draw the same each time.</summary>
    public Tensor Forward(bool training = true) => Forward(Module, training);

    /// <summary>Runs a layer that has got this one's parameters and buffers by their names.</summary>
    public Tensor ForwardOfCopy()
    {
        using var other = new Generator(8);
        using LayerModule copy = Build(other);
        using var noGradients = no_grad();
        var saved = Module.Parameters.Concat(Module.Buffers).ToDictionary(tensor => tensor.Name, tensor => tensor.Value);
        foreach (NamedTensor tensor in copy.Parameters.Concat(copy.Buffers))
        {
            tensor.Value.copy_(saved[tensor.Name]);
        }
        return Forward(copy, training: false);
    }

    /// <summary>Returns a number that depends on every output, each with a weight of its own.</summary>
    public Tensor Loss() => (Forward() * projection).sum();

    private Tensor Forward(LayerModule module, bool training)
    {
        using var draws = new Generator(11, Input.device);
        return module.Forward(Input, new ForwardContext(training, draws));
    }

    private LayerModule Build(Generator draws)
    {
        LayerModule module = Spec.Build(
            InputShape,
            new WeightInitializer(draws, new Initializer(InitializerKind.Xavier), Rectified: false)
        );
        foreach (NamedTensor tensor in module.Parameters.Concat(module.Buffers))
        {
            tensor.ConvertTo(ScalarType.Float64);
        }
        return module;
    }

    public void Dispose()
    {
        Module.Dispose();
        Input.Dispose();
        projection.Dispose();
        random.Dispose();
    }
}
