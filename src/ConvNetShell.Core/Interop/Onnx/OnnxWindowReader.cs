using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Pooling;
using ConvNetShell.Core.Layers.Windows;

namespace ConvNetShell.Core.Interop.Onnx;

/// <summary>Translates convolutions and poolings to layers.</summary>
/// <param name="chain">The operators.</param>
internal sealed class OnnxWindowReader(OnnxChain chain)
{
    private (int[] Before, int[] After, double Value)? pending;

    /// <summary>Keeps a padding for the window that follows.</summary>
    public void Pad(OnnxNode node)
    {
        long[] pads = node.Input.Count > 1 ? chain.Constants.Integers(node.Input[1]) : [];
        double value = node.Input.Count > 2 && node.Input[2].Length > 0 ? chain.Constants.Scalar(node.Input[2]) ?? double.NaN : 0;
        int rank = pads.Length / 2;
        bool fits =
            rank > 2
            && node.Text("mode", "constant") == "constant"
            && pads.All(pad => pad is >= 0 and <= int.MaxValue)
            && pads[0] == 0
            && pads[1] == 0
            && pads[rank] == 0
            && pads[rank + 1] == 0
            && chain.Peek()?.OpType is "Conv" or "MaxPool" or "AveragePool";
        pending = fits
            ? ([.. pads[2..rank].Select(pad => (int)pad)], [.. pads[(rank + 2)..].Select(pad => (int)pad)], value)
            : throw OnnxChain.Wrong(node, "a constant padding of rows and columns before a convolution or pooling");
    }

    /// <summary>Passes where no padding waits for a window.</summary>
    public void RequireNone()
    {
        if (pending is not null)
        {
            throw OnnxChain.Wrong(chain.Last!, "a convolution or pooling after a padding");
        }
    }

    public ImportedLayer Read(OnnxNode node) =>
        node.OpType switch
        {
            "Conv" => Convolution(node),
            "ConvTranspose" => Transposed(node),
            "MaxPool" => Pooling(node, PoolKind.Max),
            "AveragePool" => Pooling(node, PoolKind.Average),
            "GlobalMaxPool" => Global(PoolKind.Max),
            _ => Global(PoolKind.Average),
        };

    private ImportedLayer Convolution(OnnxNode node)
    {
        (int[] shape, int count) = Weight(node);
        return Layer(node, new ConvSpec(shape[0], Window(node, shape[2..], 0), Groups(node), node.Input.Count > 2, count));
    }

    private ImportedLayer Transposed(OnnxNode node)
    {
        (int[] shape, int count) = Weight(node);
        int[] added = node.Integers("output_padding", count, 0);
        if (added.Any(zeros => zeros != added[0]))
        {
            throw OnnxChain.Wrong(node, "the same output_padding for each dimension");
        }
        int groups = Groups(node);
        return Layer(
            node,
            new TransposedConvSpec(checked(shape[1] * groups), Window(node, shape[2..], 0), groups, node.Input.Count > 2, count, added[0])
        );
    }

    private ImportedLayer Pooling(OnnxNode node, PoolKind kind)
    {
        int count = Math.Max(1, node.Length("kernel_shape")); // not that of the input: the sound of a film is a sequence
        node.Require("ceil_mode", 0, 0);
        Window window = Window(node, node.Integers("kernel_shape", count, 0), kind == PoolKind.Max ? double.NegativeInfinity : 0);
        if (kind == PoolKind.Average && node.Integers("pads", 2 * count, 0).Any(pad => pad > 0)) // those of an operator before count
        {
            node.Require("count_include_pad", 0, 1);
        }
        return new ImportedLayer(new PoolSpec(kind, window));
    }

    private ImportedLayer Global(PoolKind kind)
    {
        bool isFlat =
            chain.Peek() is { OpType: "Flatten" } next && next.Integer("axis", 1) == 1
            || chain.Peek() is { OpType: "Reshape" } reshape && OnnxPatternReader.IsFlat(chain, reshape);
        if (isFlat)
        {
            chain.Take();
        }
        return new ImportedLayer(new AdaptivePoolSpec(kind, isFlat ? null : 1));
    }

    private (int[] Shape, int Dimensions) Weight(OnnxNode node)
    {
        int[] shape = node.Input.Count > 1 ? chain.Constants.Shape(node.Input[1]) : [];
        return shape.Length is >= 3 and <= 5 && shape.All(size => size > 0)
            ? (shape, shape.Length - 2)
            : throw OnnxChain.Wrong(node, "a constant of 3 to 5 dimensions as its weights");
    }

    private static int Groups(OnnxNode node) => checked((int)node.Integer("group", 1));

    private ImportedLayer Layer(OnnxNode node, LayerSpec spec)
    {
        ImportedWeight weight = chain.Constants.Weight(node.Input[1]);
        return node.Input.Count > 2
            ? new ImportedLayer(spec, ("weight", weight), ("bias", chain.Constants.Real(node.Input[2])))
            : new ImportedLayer(spec, ("weight", weight));
    }

    private Window Window(OnnxNode node, int[] kernel, double value)
    {
        int count = kernel.Length;
        var window = new Window(new SpatialSize(kernel), new SpatialSize(node.Integers("strides", count, 1)), Pads(node, count, value))
        {
            Dilation = new SpatialSize(node.Integers("dilations", count, 1)),
        };
        return SamePadding.Named(window, count);
    }

    private Padding Pads(OnnxNode node, int count, double value)
    {
        string automatic = node.Text("auto_pad", "NOTSET");
        if (automatic == "SAME_UPPER" && pending is null)
        {
            return Padding.Same;
        }
        int[] pads = automatic == "VALID" ? new int[2 * count] : node.Integers("pads", 2 * count, 0);
        int[] before = pads[..count],
            after = pads[count..];
        if (pending is { } kept)
        {
            pending = null;
            if (kept.Before.Length != count || !kept.Value.Equals(value) || pads.Any(pad => pad > 0))
            {
                throw OnnxChain.Wrong(node, "a window that fits the padding before it");
            }
            (before, after) = (kept.Before, kept.After);
        }
        return automatic is "NOTSET" or "VALID"
            ? Padding.Of(new SpatialSize(before), new SpatialSize(after))
            : throw OnnxChain.Wrong(node, "auto_pad of NOTSET, VALID or SAME_UPPER");
    }
}
