using System.Collections.Concurrent;
using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Numerics;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Convolution;

/// <summary>
/// Finds out on which layers libtorch's convolutions are wrong on this machine: one small convolution shows whether the machine has the
/// fault of <see cref="ConvolutionAlgorithms"/>, and where it has, each layer's output and gradients are compared with the exact
/// operator's, once for all layers of the same shapes.
/// </summary>
internal static class ConvolutionCheck
{
    private const double Tolerance = 1e-3,
        ReducedTolerance = 0.05;
    private static readonly Lazy<bool> MachineIsSound = new(CheckMachine);
    private static readonly ConcurrentDictionary<string, bool> Known = new(StringComparer.Ordinal);

    /// <summary>Returns whether an operator is correct for a layer, up to rounding.</summary>
    /// <param name="layer">The layer. Its answer is kept, so that layers alike are compared once.</param>
    /// <param name="candidate">The operator in question; the same one for each kind of layer.</param>
    /// <param name="exact">The operator that is right.</param>
    public static bool IsRight(CheckedLayer layer, ConvolutionAlgorithms.Operator candidate, ConvolutionAlgorithms.Operator exact) =>
        (!layer.IsReduced && MachineIsSound.Value && layer.Shape.Stride.Length == 2)
        || Known.GetOrAdd(layer.Key, _ => Agree(layer, candidate, exact));

    private static bool CheckMachine() =>
        Agree(
            new([2, 20, 6, 6], [20, 20, 3, 3], new ConvolutionShape([1, 1], [1, 1], [1, 1], 1)),
            (input, weight, bias, shape) =>
            {
                Tensor values = input.contiguous();
                ConvolutionPreparation.OfGradient(values, weight, shape, InOwnOrder);
                return InOwnOrder(values, weight, bias, shape);
            },
            ConvolutionAlgorithms.ByTaps
        );

    private static Tensor InOwnOrder(Tensor input, Tensor weight, Tensor? bias, ConvolutionShape shape) =>
        nn.functional.conv2d(input, weight.contiguous(), bias, shape.Stride, shape.Padding);

    /// <summary>Returns whether an operator and the exact one give the same output and gradients for random numbers.</summary>
    private static bool Agree(CheckedLayer layer, ConvolutionAlgorithms.Operator candidate, ConvolutionAlgorithms.Operator exact)
    {
        using var scope = NewDisposeScope();
        using var gradients = enable_grad();
        using var random = new Generator(1);
        Tensor values = rand(layer.Input, generator: random),
            filters = rand(layer.Weight, generator: random);
        Tensor[] expected = Run(exact, isFirst: false);
        LeaveNumbersBehind(expected.Max(tensor => tensor.numel()));
        bool isRight = AreAlike(expected, Run(candidate, isFirst: false));
        return isRight && (!layer.MayBeFirst || AreAlike(expected, Run(candidate, isFirst: true)));

        // a network's first layer needs no gradient of its input, and may be computed in another way then
        Tensor[] Run(ConvolutionAlgorithms.Operator compute, bool isFirst)
        {
            Tensor x = values.clone().requires_grad_(!isFirst),
                w = ChannelsLast.Ensure(filters.clone()).detach().requires_grad_();
            Tensor y = compute(x, w, null, layer.Shape);
            (y * y).sum().backward();
            return isFirst ? [y.detach(), w.grad!] : [y.detach(), w.grad!, x.grad!];
        }

        bool AreAlike(Tensor[] wanted, Tensor[] received) =>
            wanted
                .Zip(received)
                .All(pair =>
                    layer.IsReduced
                        ? (pair.First - pair.Second).abs().max().item<float>() <= ReducedTolerance * pair.First.abs().max().item<float>()
                        : pair.First.allclose(pair.Second, Tolerance, Tolerance)
                );
    }

    /// <summary>
    /// Frees blocks of all sizes that are not zero, so that an operator which reads unwritten memory fails. Its blocked layouts are at
    /// most as many times larger than its tensors as a block has channels.
    /// </summary>
    private static void LeaveNumbersBehind(long values)
    {
        const int smallest = 1 << 6,
            most = 1 << 20,
            copies = 4;
        long largest = Math.Min(most, values * ConvolutionAlgorithms.Block);
        var blocks = new List<Tensor>();
        for (int size = smallest; size <= largest; size += size / 2)
        {
            blocks.AddRange(Enumerable.Range(0, copies).Select(_ => empty(size).FillInPlace(1e3)));
        }
        blocks.ForEach(block => block.Dispose());
    }
}
