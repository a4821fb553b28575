using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Core.Layers.Activation;
using ConvNetShell.Core.Layers.Blocks;
using ConvNetShell.Core.Layers.Dense;
using ConvNetShell.Core.Layers.Normalization;
using ConvNetShell.Core.Layers.Pooling;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Numerics;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Interop.Onnx;

/// <summary>Finds the layers that are several operators in ONNX.</summary>
/// <param name="chain">The operators.</param>
internal sealed class OnnxPatternReader(OnnxChain chain)
{
    private const double Tolerance = 1e-4,
        Epsilon = 1e-5;
    private readonly OnnxRecurrentReader recurrent = new(chain);

    /// <summary>Reads the layer that the next operators are, or returns <see langword="null"/> and takes none.</summary>
    /// <param name="before">The layers that were read; an average pooling before a product and a sum becomes a subsampling.</param>
    public ImportedLayer? Read(List<ImportedLayer> before) =>
        chain.Peek()!.OpType switch
        {
            "Mul" or "Div" => Gelu() ?? ScaledTanh() ?? Affine(before),
            "Reshape" => Group() ?? LocalResponse() ?? Maxout() ?? Flat(),
            "Transpose" => recurrent.Read(),
            _ => null,
        };

    /// <summary>Returns whether an operator makes a vector of each sample.</summary>
    public static bool IsFlat(OnnxChain chain, OnnxNode reshape) =>
        reshape.Input.Count == 2
        && chain.Constants.Has(reshape.Input[1])
        && chain.Constants.Integers(reshape.Input[1]) is [0 or -1, -1 or > 0];

    private ImportedLayer? Flat()
    {
        if (!IsFlat(chain, chain.Peek()!))
        {
            return null;
        }
        chain.Take();
        return new ImportedLayer(new FlattenSpec());
    }

    // x / 2^0.5, Erf, + 1, * x, / 2
    private ImportedLayer? Gelu()
    {
        double root = chain.Peek()!.OpType == "Div" ? Math.Sqrt(2) : Math.Sqrt(0.5);
        bool isThat =
            Has(0, null, root)
            && Has(1, "Erf")
            && Has(2, "Add", 1)
            && Has(3, "Mul")
            && chain.Peek(3)!.Input.Contains(chain.Current)
            && Has(4, "Mul", 0.5);
        return isThat ? Layer(5, new ImportedLayer(new ActivationSpec(ActivationKind.GELU))) : null;
    }

    private ImportedLayer? ScaledTanh() =>
        Has(0, "Mul", 2.0 / 3) && Has(1, "Tanh") && Has(2, "Mul", 1.7159)
            ? Layer(3, new ImportedLayer(new ActivationSpec(ActivationKind.ScaledTanh)))
            : null;

    // a product and a sum by channel: subsampling after a mean, else a normalization that has nothing to do
    private ImportedLayer? Affine(List<ImportedLayer> before)
    {
        if (!Has(0, "Mul") || !Has(1, "Add") || PerChannel(0) is not { } weight || PerChannel(1) is not { } bias)
        {
            return null;
        }
        if (
            before.LastOrDefault()?.Spec is PoolSpec { Pooling: PoolKind.Average } mean
            && mean.Window.Kernel.Count == 1
            && mean.Window.Kernel.Equals(mean.Window.Stride)
            && mean.Window.Padding == Padding.Valid
        )
        {
            before.RemoveAt(before.Count - 1);
            int size = mean.Window.Kernel[0];
            float area = (float)
                Math.Pow(size, before.Aggregate(chain.InputShape, (shape, layer) => layer.Spec.OutputShape(shape)).Count - 1);
            return Layer(2, new ImportedLayer(new SubsampleSpec(size), ("weight", weight.div(tensor(area))), ("bias", bias)));
        }
        return Layer(
            2,
            new ImportedLayer(
                new BatchNormSpec(),
                ("weight", weight),
                ("bias", bias),
                ("running_var", tensor([.. Enumerable.Repeat((float)(1 - Epsilon), (int)weight.NumberOfElements)]))
            )
        );
    }

    // reshape to groups, normalize each, reshape back; weights by channel may follow
    private ImportedLayer? Group()
    {
        if (!Has(1, "InstanceNormalization") || !Has(2, "Reshape") || chain.Peek(1)!.Input.Count != 3)
        {
            return null;
        }
        OnnxNode reshape = chain.Peek()!,
            norm = chain.Peek(1)!;
        bool isPlain =
            reshape.Input.Count == 2
            && chain.Constants.Integers(reshape.Input[1]) is [0, > 0, -1]
            && Math.Abs(norm.Real("epsilon", Epsilon) - Epsilon) < 1e-9
            && chain.Constants.Real(norm.Input[1]).data<float>().All(factor => factor == 1)
            && chain.Constants.Real(norm.Input[2]).data<float>().All(shift => shift == 0);
        if (!isPlain)
        {
            throw OnnxChain.Wrong(norm, "a normalization of groups with an epsilon of 1e-5");
        }
        int groups = checked((int)chain.Constants.Integers(reshape.Input[1])[1]);
        Layers.LayerSpec spec = groups == 1 ? new LayerNormSpec() : new GroupNormSpec(groups);
        return Has(3, "Mul") && Has(4, "Add") && PerChannel(3) is { } weight && PerChannel(4) is { } bias
            ? Layer(5, new ImportedLayer(spec, ("weight", weight), ("bias", bias)))
            : Layer(3, new ImportedLayer(spec));
    }

    private ImportedLayer? LocalResponse()
    {
        if (!Has(1, "LRN") || !Has(2, "Reshape"))
        {
            return null;
        }
        OnnxNode norm = chain.Peek(1)!;
        int size = checked((int)norm.Integer("size", 1));
        return Layer(
            3,
            new ImportedLayer(
                new LocalResponseSpec(size, norm.Real("alpha", 1e-4) / Math.Max(1, size), norm.Real("beta", 0.75), norm.Real("bias", 1))
            )
        );
    }

    /// <summary>Reads a shortcut of zeros: every so many rows and columns, and channels of zeros before and after.</summary>
    /// <param name="input">The shape that goes in.</param>
    public ImportedLayer ChannelPad(Shape input)
    {
        OnnxNode slice = chain.Peek()!;
        int count = input.Count - 1;
        long[] Values(OnnxNode node, int at) => node.Input.Count > at ? chain.Constants.Integers(node.Input[at]) : [];
        if (!Has(1, "Pad") || count < 1)
        {
            throw OnnxChain.Wrong(slice, "channels of zeros after it, as in the shortcut of a residual block");
        }
        long[] steps = Values(slice, 4),
            pads = Values(chain.Peek(1)!, 1);
        long missing = pads.Length > count + 3 ? pads[1] + pads[count + 3] : -1;
        bool isThat =
            Values(slice, 1).All(begin => begin == 0)
            && Values(slice, 2).SequenceEqual(input.Spatial.ToArray().Select(size => (long)size))
            && Values(slice, 3).SequenceEqual(Enumerable.Range(2, count).Select(axis => (long)axis))
            && steps.Length == count
            && steps.All(step => step is >= 1 and <= int.MaxValue)
            && missing is >= 0 and <= int.MaxValue
            && pads[1] == missing / 2
            && pads.Sum() == missing
            && chain.Peek(1)!.Input.Count == 2
            && chain.Peek(1)!.Text("mode", "constant") == "constant";
        return isThat
            ? Layer(
                2,
                new ImportedLayer(
                    new ChannelPadSpec(checked((int)(input.Channels + missing)), new SpatialSize([.. steps.Select(step => (int)step)]))
                )
            )
            : throw OnnxChain.Wrong(slice, "every so many rows and columns, and channels of zeros around");
    }

    // reshape to groups, the largest of each
    private ImportedLayer? Maxout()
    {
        if (!Has(1, "ReduceMax") || chain.Peek()!.Input.Count != 2 || !chain.Constants.Has(chain.Peek()!.Input[1]))
        {
            return null;
        }
        bool isThat =
            chain.Constants.Integers(chain.Peek()!.Input[1]) is [0, > 0, > 0, ..]
            && chain.Peek(1)!.Integers("axes", 1, 0) is [2]
            && chain.Peek(1)!.Integer("keepdims", 1) == 0;
        return isThat
            ? Layer(2, new ImportedLayer(new MaxoutSpec(checked((int)chain.Constants.Integers(chain.Peek()!.Input[1])[2]))))
            : throw OnnxChain.Wrong(chain.Peek(1)!, "the largest of each group of channels");
    }

    private ImportedLayer Layer(int operators, ImportedLayer layer)
    {
        chain.Take();
        chain.Skip(operators - 1);
        return layer;
    }

    private bool Has(int ahead, string? operation, double? scalar = null) =>
        chain.Peek(ahead) is { } node
        && node.Output.Count > 0
        && (operation is null || node.OpType == operation)
        && (
            scalar is not double wanted
            || node.Input.Any(name => chain.Constants.Scalar(name) is double value && Math.Abs(value - wanted) < Tolerance)
        );

    // a number for each channel: channels x 1 x 1, with or without the samples
    private Tensor? PerChannel(int ahead)
    {
        string? name = chain.Peek(ahead)!.Input.FirstOrDefault(chain.Constants.Has);
        if (name is null || chain.Constants.Shape(name) is not { Length: > 0 } shape || shape.Count(size => size != 1) > 1)
        {
            return null;
        }
        Tensor values = chain.Constants.Real(name);
        return values.NumberOfElements > 1 || shape.Length > 1 ? values.flatten() : null;
    }
}
