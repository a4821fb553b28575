using System.Runtime.InteropServices;
using ConvNetShell.Core.Networks;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Direct;

/// <summary>The weights of a convolution as a chain computes with them, and the gradients it gathers for them.</summary>
internal sealed unsafe class LinkWeights : IDisposable
{
    private readonly LinkShape shape;
    private readonly LinkCode code;
    private readonly NamedTensor weight;
    private readonly NamedTensor? bias;
    private readonly AlignedMemory<float> start, nothing, sums, filterSums;

    /// <param name="shape">The convolution.</param>
    /// <param name="code">How it is computed.</param>
    /// <param name="weight">The filters, float32, the channels of a pixel together.</param>
    /// <param name="bias">What is added for each filter, or <see langword="null"/>.</param>
    /// <param name="isFirst">Whether nobody asks for the gradients of the pictures.</param>
    public LinkWeights(LinkShape shape, LinkCode code, NamedTensor weight, NamedTensor? bias, bool isFirst)
    {
        (this.shape, this.code, this.weight, this.bias) = (shape, code, weight, bias);
        Filters = new PackedFilters(code.Forward, shape.KernelHeight, Place);
        Turned = isFirst ? null : new PackedFilters(
            code.Backward, shape.KernelHeight, (channel, row, pixel, filter) => Place(filter, shape.KernelHeight - 1 - row, shape.KernelWidth - 1 - pixel, channel));
        start = new AlignedMemory<float>(code.Forward.Lanes);
        nothing = new AlignedMemory<float>(code.Backward.Lanes);
        sums = new AlignedMemory<float>(shape.Filters);
        filterSums = new AlignedMemory<float>(shape.Filters * code.FilterLanes);
    }

    /// <summary>Gets the filters.</summary>
    public PackedFilters Filters { get; }

    /// <summary>Gets the filters as the way back needs them: channels and filters changed places, rows and pixels from the end.</summary>
    public PackedFilters? Turned { get; }

    /// <summary>Gets what the sums of an output start with: the biases.</summary>
    public float* Start => start.Start;

    /// <summary>Gets what the sums of an input's gradients start with: zeros.</summary>
    public float* Nothing => nothing.Start;

    /// <summary>Gets the gradients of the biases so far.</summary>
    public float* Sums => sums.Start;

    /// <summary>Gets the gradients of the filters so far.</summary>
    public float* FilterSums => filterSums.Start;

    /// <summary>Takes over what the weights are now.</summary>
    public void Take()
    {
        fixed (byte* values = Memory(weight.Value))
        {
            Filters.Take((float*)values);
            Turned?.Take((float*)values);
        }
        if (bias is not null)
        {
            MemoryMarshal.Cast<byte, float>(bias.Value.bytes).CopyTo(start.Slice(0, shape.Filters));
        }
        sums.Slice(0, sums.Count).Clear();
        filterSums.Slice(0, filterSums.Count).Clear();
    }

    /// <summary>Adds what was gathered to the gradients of the weights.</summary>
    public void AddGradients()
    {
        Tensor filters = empty([shape.Filters, shape.KernelHeight, shape.KernelWidth, shape.Channels]);
        Span<float> values = MemoryMarshal.Cast<byte, float>(filters.bytes);
        for (int row = 0; row < shape.Filters * shape.KernelHeight; row++)
        {
            filterSums.Slice(row * code.RowLanes, shape.FilterRow).CopyTo(values[(row * shape.FilterRow)..]);
        }
        Add(weight.Value, filters.permute(0, 3, 1, 2));
        if (bias is not null)
        {
            Tensor all = empty(shape.Filters);
            sums.Slice(0, shape.Filters).CopyTo(MemoryMarshal.Cast<byte, float>(all.bytes));
            Add(bias.Value, all);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Filters.Dispose();
        Turned?.Dispose();
        start.Dispose();
        nothing.Dispose();
        sums.Dispose();
        filterSums.Dispose();
    }

    /// <summary>Returns a tensor's memory, in which the channels of a pixel lie together.</summary>
    private static Span<byte> Memory(Tensor filters) => filters.permute(0, 2, 3, 1).bytes;

    private static void Add(Tensor value, Tensor gradient)
    {
        if (value.grad is Tensor sum)
        {
            sum.AddInPlace(gradient);
        }
        else
        {
            value.grad = gradient;
        }
    }

    private int Place(int filter, int row, int pixel, int channel) => ((filter * shape.KernelHeight + row) * shape.KernelWidth + pixel) * shape.Channels + channel;
}
