using static TorchSharp.torch;

namespace ConvNetShell.Core.Networks;

/// <summary>
/// The 2-D convolution operator in the form that is right on this machine. oneDNN, which libtorch computes with, gives wrong
/// numbers on some virtual processors: its reorder to blocked layouts leaves memory unwritten where channels do not fill a block.
/// Channels-last tensors avoid nearly all of that. Where a quick check finds the fault, each layer is checked as well,
/// and one that is still wrong is computed by unfolding its windows into a matrix, which is slower and needs no oneDNN.
/// </summary>
internal static class Convolution
{
    private const double Tolerance = 1e-3;
    private static readonly Lazy<bool> MachineIsSound = new(CheckMachine);

    /// <summary>Computes a convolution on a batch that is padded already as far as its padding is uneven.</summary>
    public delegate Tensor Operator(Tensor input, Tensor weight, Tensor? bias, long[] stride, long[] padding, long groups);

    /// <summary>Returns the operator for a layer.</summary>
    /// <param name="input">The padded input, channels first.</param>
    /// <param name="weight">The filters; only their shape counts.</param>
    /// <param name="stride">The stride.</param>
    /// <param name="padding">The symmetric padding.</param>
    /// <param name="groups">The groups.</param>
    public static Operator Choose(long[] input, Tensor weight, long[] stride, long[] padding, long groups) =>
        MachineIsSound.Value || Agree(input, weight.shape, stride, padding, groups, ByLibrary, Tolerance) ? ByLibrary : ByUnfolding;

    /// <summary>Computes by libtorch's own operator, channels last.</summary>
    public static Tensor ByLibrary(Tensor input, Tensor weight, Tensor? bias, long[] stride, long[] padding, long groups) =>
        nn.functional.conv2d(ChannelsLast.Ensure(input), weight, bias, stride, padding, groups: groups);

    /// <summary>Computes as a product of matrices: one row a filter, one column a window.</summary>
    public static Tensor ByUnfolding(Tensor input, Tensor weight, Tensor? bias, long[] stride, long[] padding, long groups)
    {
        long[] kernel = weight.shape[2..], size = input.shape;
        long batch = size[0], filters = weight.shape[0];
        long height = (size[2] + 2 * padding[0] - kernel[0]) / stride[0] + 1, width = (size[3] + 2 * padding[1] - kernel[1]) / stride[1] + 1;
        Tensor windows = nn.functional.unfold(input, (kernel[0], kernel[1]), padding: (padding[0], padding[1]), stride: (stride[0], stride[1]))
            .reshape(batch, groups, -1, height * width);
        Tensor output = weight.reshape(1, groups, filters / groups, -1).matmul(windows).reshape(batch, filters, height, width);
        return ChannelsLast.Ensure(bias is null ? output : output + bias.reshape(1, -1, 1, 1));
    }

    private static bool CheckMachine() => Agree(
        [2, 20, 6, 6], [20, 20, 3, 3], [1, 1], [1, 1], 1,
        (input, weight, bias, stride, padding, groups) => nn.functional.conv2d(input.contiguous(), weight.contiguous(), bias, stride, padding, groups: groups),
        Tolerance);

    /// <summary>Returns whether an operator and the unfolding one give the same output and gradients for random numbers.</summary>
    private static bool Agree(long[] input, long[] weight, long[] stride, long[] padding, long groups, Operator candidate, double tolerance)
    {
        using var scope = NewDisposeScope();
        using var gradients = enable_grad();
        using var random = new Generator(1);
        Tensor values = rand(input, generator: random), filters = rand(weight, generator: random);
        Tensor[] expected = Run(ByUnfolding);
        LeaveNumbersBehind();
        Tensor[] received = Run(candidate);
        return expected.Zip(received).All(pair => pair.First.allclose(pair.Second, tolerance, tolerance));

        Tensor[] Run(Operator compute)
        {
            Tensor x = values.clone().requires_grad_(), w = ChannelsLast.Ensure(filters.clone()).detach().requires_grad_();
            Tensor y = compute(x, w, null, stride, padding, groups);
            (y * y).sum().backward();
            return [y.detach(), x.grad!, w.grad!];
        }
    }

    /// <summary>Frees blocks of all sizes that are not zero: memory that is read before it is written must not look right by luck.</summary>
    private static void LeaveNumbersBehind()
    {
        const int smallest = 1 << 6, largest = 1 << 20, copies = 4;
        var blocks = new List<Tensor>();
        for (int size = smallest; size <= largest; size += size / 2)
        {
            blocks.AddRange(Enumerable.Range(0, copies).Select(_ => full(size, 1e3, ScalarType.Float32)));
        }
        blocks.ForEach(block => block.Dispose());
    }
}
