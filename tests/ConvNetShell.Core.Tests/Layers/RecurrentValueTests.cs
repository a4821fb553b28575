using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Layers.Recurrent;
using ConvNetShell.Core.Layers.Spec;
using ConvNetShell.Core.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Layers;

/// <summary>Recurrent layers against libtorch's own modules with the same weights, and a step by hand.</summary>
public sealed class RecurrentValueTests
{
    [Theory]
    [InlineData("rnn4", false)]
    [InlineData("gru4", false)]
    [InlineData("lstm4", false)]
    [InlineData("rnn4-seq", false)]
    [InlineData("gru4-seq-bi", true)]
    [InlineData("lstm4-seq-bi", true)]
    [InlineData("rnn16", false)]
    [InlineData("gru20", false)]
    [InlineData("lstm33-seq", false)]
    public void States_and_gradients_are_those_of_libtorch(string token, bool both)
    {
        var spec = (RecurrentSpec)NetworkSpec.Parse(token).Single();
        using var scope = NewDisposeScope();
        using var random = new Generator(3);
        using LayerModule layer = spec.Build(new Shape(3, 5), new WeightInitializer(random, new Initializer(InitializerKind.Auto), false));
        using nn.Module peer = spec.Cell switch
        {
            RecurrentKind.RNN => nn.RNN(3, spec.Units, batchFirst: true, bidirectional: both),
            RecurrentKind.GRU => nn.GRU(3, spec.Units, batchFirst: true, bidirectional: both),
            _ => nn.LSTM(3, spec.Units, batchFirst: true, bidirectional: both),
        };
        var weights = peer.named_parameters().ToDictionary(pair => pair.name, pair => pair.parameter);
        using (no_grad())
        {
            foreach (NamedTensor tensor in layer.Parameters)
            {
                tensor.Value.uniform_(-1, 1, random);
                weights[PeerName(tensor)].copy_(tensor.Value);
            }
        }
        Tensor batch = randn([2, 3, 5], generator: random).requires_grad_(),
            steps = batch.detach().transpose(1, 2).contiguous().requires_grad_();
        Tensor expected = peer switch
        {
            TorchSharp.Modules.RNN rnn => rnn.call(steps).Item1,
            TorchSharp.Modules.GRU gru => gru.call(steps).Item1,
            _ => ((TorchSharp.Modules.LSTM)peer).call(steps).Item1,
        };
        Tensor received = layer.Forward(batch, new ForwardContext(false));
        Tensor handedOn = spec.Sequence ? expected.transpose(1, 2) : expected.select(1, 4);
        Assert.True(received.allclose(handedOn, 1e-5, 1e-6), $"{received}\n{expected}");

        OwnGradients.Run(() => received.pow(2).sum().backward());
        handedOn.pow(2).sum().backward();
        Assert.True(batch.grad!.allclose(steps.grad!.transpose(1, 2), 1e-4, 1e-5), "input");
        Assert.All(
            layer.Parameters,
            tensor => Assert.True(tensor.Value.grad!.allclose(weights[PeerName(tensor)].grad!, 1e-4, 1e-5), tensor.Name)
        );
    }

    private static string PeerName(NamedTensor tensor) =>
        tensor.Name.Replace("_ih", "_ih_l0", StringComparison.Ordinal).Replace("_hh", "_hh_l0", StringComparison.Ordinal);

    [Fact]
    public void The_backward_direction_ends_at_the_start()
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(3);
        var shape = new Shape(1, 4);
        using LayerModule last = new RecurrentSpec(RecurrentKind.RNN, 2, bidirectional: true).Build(
            shape,
            new WeightInitializer(random, new Initializer(InitializerKind.Auto), false)
        );
        Tensor batch = rand([1, 1, 4], generator: random);
        Tensor before = last.Forward(batch, new ForwardContext(false)).clone();
        batch[0, 0, 3] += 1;
        Tensor after = last.Forward(batch, new ForwardContext(false));
        Assert.All(Enumerable.Range(0, 4), unit => Assert.NotEqual(before[0, unit].item<float>(), after[0, unit].item<float>()));
    }

    [Fact]
    public void A_step_by_hand()
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(3);
        using LayerModule layer = new RecurrentSpec(RecurrentKind.RNN, 1).Build(
            new Shape(1, 2),
            new WeightInitializer(random, new Initializer(InitializerKind.Constant, 0.5), false)
        );
        float received = layer.Forward(tensor(new[] { 1f, 2f }).reshape(1, 1, 2), new ForwardContext(false)).item<float>();
        Assert.Equal(Math.Tanh(0.5 * 2 + 0.5 * Math.Tanh(0.5)), received, 5);
    }

    [Theory]
    [InlineData("rnn8", "3,20", 104)] // 8 (3 + 8 + 2)
    [InlineData("gru8", "3,20", 312)]
    [InlineData("lstm8", "3,20", 416)]
    [InlineData("lstm8-bi", "3,20", 832)]
    public void Counts_are_those_of_libtorch(string token, string input, long expected) =>
        Assert.Equal(expected, NetworkSpec.Parse(token).Single().ParameterCount(Shape.Parse(input)));

    [Fact]
    public void A_picture_is_no_sequence() =>
        Assert.Contains(
            "features x time",
            Assert
                .Throws<ConvNetShell.Core.Errors.LayerException>(() => NetworkSpec.Parse("lstm8").Single().OutputShape(new Shape(3, 8, 8)))
                .Message,
            StringComparison.Ordinal
        );
}
