using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Pooling;
using ConvNetShell.Core.Networks;

namespace ConvNetShell.Core.Interop.NetworkCode;

/// <summary>Translates convolutions and poolings to the modules of PyTorch and TorchSharp.</summary>
/// <param name="language">The language, for errors.</param>
internal sealed class TorchWindows(string language)
{
    public IEnumerable<TorchModule> Of(NetworkLayer layer, string name, string dimensions) =>
        layer.Spec switch
        {
            ConvSpec conv => Convolution(layer, conv, name, dimensions),
            TransposedConvSpec transposed => Transposed(layer, transposed, name, dimensions),
            PoolSpec pool => Pooling(layer, pool, name, dimensions),
            _ => throw UnsupportedLayer.In(layer, language),
        };

    private static IEnumerable<TorchModule> Convolution(NetworkLayer layer, ConvSpec conv, string name, string dimensions)
    {
        (int Before, int After)[] pads = conv.Window.Pads(layer.Input);
        bool even = IsEven(pads);
        if (!even)
        {
            yield return Pad(name, dimensions, pads, 0);
        }
        int count = pads.Length;
        yield return new TorchModule(
            name,
            "Conv" + dimensions,
            [
                (null, layer.Input.Channels),
                (null, conv.Filters),
                .. Sizes(
                    (null, conv.Window.Kernel.Expand(count), null),
                    ("stride", conv.Window.Stride.Expand(count), All(count, 1)),
                    ("padding", even ? [.. pads.Select(pad => pad.Before)] : All(count, 0), All(count, 0)),
                    ("dilation", conv.Window.Dilation.Expand(count), All(count, 1))
                ),
                .. Groups(conv.Groups, conv.Bias),
            ]
        );
    }

    private IEnumerable<TorchModule> Transposed(NetworkLayer layer, TransposedConvSpec conv, string name, string dimensions)
    {
        (int Before, int After)[] cuts = conv.Cuts();
        int count = cuts.Length;
        int[] before = [.. cuts.Select(cut => cut.Before)],
            added = [.. cuts.Select(cut => Math.Max(0, cut.Before - cut.After))];
        for (int d = 0; d < count; d++)
        {
            if (added[d] > 0 && added[d] >= Math.Max(conv.Window.Stride[d], conv.Window.Dilation[d]))
            {
                throw UnsupportedLayer.In(layer, language, "an output padding below the stride");
            }
        }
        yield return new TorchModule(
            name,
            "ConvTranspose" + dimensions,
            [
                (null, layer.Input.Channels),
                (null, conv.Filters),
                .. Sizes(
                    (null, conv.Window.Kernel.Expand(count), null),
                    ("stride", conv.Window.Stride.Expand(count), All(count, 1)),
                    ("padding", before, All(count, 0)),
                    ("output_padding", added, All(count, 0)),
                    ("dilation", conv.Window.Dilation.Expand(count), All(count, 1))
                ),
                .. Groups(conv.Groups, conv.Bias),
            ]
        );
        if (cuts.Any(cut => cut.After > cut.Before))
        {
            yield return Pad(name, dimensions, [.. cuts.Select(cut => (0, Math.Min(0, cut.Before - cut.After)))], 0, "_cut");
        }
    }

    private static IEnumerable<TorchModule> Pooling(NetworkLayer layer, PoolSpec pool, string name, string dimensions)
    {
        bool isMax = pool.Pooling == PoolKind.Max;
        (int Before, int After)[] pads = pool.Window.Pads(layer.Input);
        bool even = IsEven(pads);
        if (!even)
        {
            yield return Pad(name, dimensions, pads, isMax ? double.NegativeInfinity : 0);
        }
        int[] kernel = pool.Window.Kernel.Expand(pads.Length),
            stride = pool.Window.Stride.Expand(pads.Length);
        yield return new TorchModule(
            name,
            (isMax ? "MaxPool" : "AvgPool") + dimensions,
            [
                .. Sizes(
                    (null, kernel, null),
                    ("stride", stride, kernel),
                    ("padding", even ? [.. pads.Select(pad => pad.Before)] : All(pads.Length, 0), All(pads.Length, 0))
                ),
            ]
        );
    }

    private static bool IsEven((int Before, int After)[] pads) => pads.All(pad => pad.Before == pad.After);

    private static TorchModule Pad(string name, string dimensions, (int Before, int After)[] pads, double value, string suffix = "_pad") =>
        new(
            name + suffix,
            "ConstantPad" + dimensions,
            (null, pads.Reverse().SelectMany(pad => new[] { pad.Before, pad.After }).ToArray()),
            (null, value)
        );

    private static IEnumerable<(string? Name, object Value)> Groups(int groups, bool bias)
    {
        if (groups > 1)
        {
            yield return ("groups", groups);
        }
        if (!bias)
        {
            yield return ("bias", false);
        }
    }

    private static int[] All(int count, int length) => [.. Enumerable.Repeat(length, count)];

    // One number for all dimensions if each size has one; else one for each. A size that is the standard is left out.
    private static IEnumerable<(string? Name, object Value)> Sizes(params (string? Name, int[] Size, int[]? Standard)[] sizes)
    {
        bool uniform = sizes.All(size => size.Size.All(length => length == size.Size[0]));
        return sizes
            .Where(size => size.Standard is null || !size.Size.SequenceEqual(size.Standard))
            .Select(size => (size.Name, (object)(uniform ? size.Size[0] : size.Size)));
    }
}
