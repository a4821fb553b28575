using System.Runtime.InteropServices;
using ConvNetShell.Core.MachineCode;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Direct;

/// <summary>
/// The convolutions a network begins with, each with the pooling and rectifier behind it, computed in bfloat16 with functions made for them: products with a vector
/// of as many lanes as there are filters. libtorch computes 20 filters as if they were 32, goes over the whole batch for each layer, and needs some calls for each.
/// One thread computes.
/// </summary>
internal sealed unsafe class ConvolutionChain : IDisposable
{
    private const int Behind = 64; // values: vectors reach past the last
    private readonly ChainLink[] links;
    private readonly AlignedMemory<ushort>[] gradients; // of what comes out of each link, one picture
    private readonly Tensor output;

    private ConvolutionChain(ChainLink[] links, int[] lengths, int capacity)
    {
        (this.links, Lengths) = (links, lengths);
        gradients = [.. links.Select(link => new AlignedMemory<ushort>(link.Shape.Pooled))];
        output = empty(capacity * links[^1].Shape.Pooled + Behind, ScalarType.BFloat16).DetachFromDisposeScope();
    }

    /// <summary>Gets how many of the network's layers each link stands for, in the order they are computed in.</summary>
    public IReadOnlyList<int> Lengths { get; }

    /// <summary>Gets how many of the network's layers the chain stands for.</summary>
    public int Length => Lengths.Sum();

    /// <summary>Returns the chain a network begins with, or <see langword="null"/> where it has none, or this processor has no use for it.</summary>
    /// <param name="network">The network.</param>
    /// <param name="precision">What convolutions are computed in.</param>
    /// <param name="device">Where it computes.</param>
    /// <param name="threads">The threads it computes with; a chain has one.</param>
    /// <param name="capacity">The most pictures of a batch.</param>
    public static ConvolutionChain? For(Network network, Precision precision, Device device, int threads, int capacity)
    {
        bool isPossible = threads == 1 && device.type == TorchSharp.DeviceType.CPU && precision == Precision.BFloat16 && Bfloat16Products.IsSupported;
        var links = new List<ChainLink>();
        var lengths = new List<int>();
        IReadOnlyList<LayerModule> order = network.LogitOrder;
        int at = 0;
        while (isPossible && at < order.Count && order[at] is ConvModule convolution)
        {
            int next = at + 1;
            PoolModule? pool = next < order.Count && order[next] is PoolModule { IsMax: true, Side: > 1 } after ? after : null;
            next += pool is null ? 0 : 1;
            bool isRectified = next < order.Count && order[next] is ActivationModule { IsRectifier: true };
            next += isRectified ? 1 : 0;
            if (convolution.AsLink(pool?.Side ?? 1, isRectified) is not { } shape || !shape.Fits(capacity))
            {
                break;
            }
            links.Add(new ChainLink(shape, convolution.Parameters[0], convolution.Parameters.ElementAtOrDefault(1), capacity, isFirst: links.Count == 0));
            lengths.Add(next - at);
            at = next;
        }
        return links.Count > 0 ? new ConvolutionChain([.. links], [.. lengths], capacity) : null;
    }

    /// <summary>Computes what comes out for a batch: a tensor whose gradient <see cref="Backward(Tensor)"/> goes on from. It is valid until the next call.</summary>
    /// <param name="images">The batch, NxCxHxW, float32, channels last in memory.</param>
    public Tensor Forward(Tensor images)
    {
        int count = (int)images.shape[0];
        LinkShape first = links[0].Shape, last = links[^1].Shape;
        Array.ForEach(links, link => link.Begin());
        fixed (byte* pixels = images.permute(0, 2, 3, 1).contiguous().bytes, values = output.bytes)
        {
            int row = first.Width * first.Channels;
            for (int picture = 0; picture < count; picture++)
            {
                for (int y = 0; y < first.Height; y++)
                {
                    Bfloat16Rows.Round((float*)pixels + (picture * first.Height + y) * row, links[0].InputRow(picture, y), row);
                }
                for (int i = 0; i < links.Length; i++)
                {
                    Forward(i, picture, (ushort*)values + picture * last.Pooled);
                }
            }
        }
        return output.narrow(0, 0, count * last.Pooled).view(count, last.PooledHeight, last.PooledWidth, last.Filters).permute(0, 3, 1, 2).detach().requires_grad_();
    }

    /// <summary>Takes gradients back through the batch that was computed last, and adds to those of the weights.</summary>
    /// <param name="gradient">The gradient of what came out.</param>
    public void Backward(Tensor gradient)
    {
        using var noGradients = no_grad();
        int count = (int)gradient.shape[0], size = links[^1].Shape.Pooled;
        ReadOnlySpan<ushort> values = MemoryMarshal.Cast<byte, ushort>(gradient.permute(0, 2, 3, 1).contiguous().bytes);
        for (int picture = 0; picture < count; picture++)
        {
            values.Slice(picture * size, size).CopyTo(gradients[^1].Slice(0, size));
            for (int i = links.Length - 1; i >= 0; i--)
            {
                Backward(i, picture);
            }
        }
        Array.ForEach(links, link => link.End());
    }

    /// <summary>Computes one link for a picture of the batch that was computed last.</summary>
    /// <param name="link">The link.</param>
    /// <param name="picture">The picture's place in the batch.</param>
    public void Forward(int link, int picture)
    {
        fixed (byte* values = output.bytes)
        {
            Forward(link, picture, (ushort*)values);
        }
    }

    /// <summary>Takes gradients back through one link for a picture of the batch that was computed last.</summary>
    /// <param name="link">The link.</param>
    /// <param name="picture">The picture's place in the batch.</param>
    public void Backward(int link, int picture) => links[link].Backward(picture, gradients[link].Start, link > 0 ? gradients[link - 1].Start : null);

    /// <inheritdoc />
    public void Dispose()
    {
        output.Dispose();
        Array.ForEach(links, link => link.Dispose());
        Array.ForEach(gradients, gradient => gradient.Dispose());
    }

    private void Forward(int link, int picture, ushort* end)
    {
        LinkShape shape = links[link].Shape;
        for (int y = 0; y < shape.PooledHeight; y++)
        {
            links[link].Forward(picture, y, link + 1 < links.Length ? links[link + 1].InputRow(picture, y) : end + y * shape.PooledRow);
        }
    }
}
