using System.Globalization;
using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Core.Layers.Activation;
using ConvNetShell.Core.Layers.Blocks;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Dense;
using ConvNetShell.Core.Layers.Normalization;
using ConvNetShell.Core.Layers.Pooling;
using ConvNetShell.Core.Layers.Recurrent;
using ConvNetShell.Core.Layers.Streams;
using ConvNetShell.Core.Networks;

namespace ConvNetShell.Core.Interop.NetworkCode;

/// <summary>Translates layers to the modules of PyTorch and TorchSharp.</summary>
/// <param name="language">The language, for errors.</param>
internal sealed class TorchModules(string language)
{
    public IReadOnlyList<TorchModule> Of(IEnumerable<NetworkLayer> layers) => [.. layers.SelectMany(Of)];

    private IEnumerable<TorchModule> Of(NetworkLayer layer)
    {
        string name = layer.Name[(layer.Name.LastIndexOf('.') + 1)..];
        string dimensions = string.Create(CultureInfo.InvariantCulture, $"{layer.Input.Count - 1}d");
        switch (layer.Spec)
        {
            case BlockSpec block:
                return [Block(layer, block, name)];
            case ConvSpec or TransposedConvSpec or PoolSpec:
                return new TorchWindows(language).Of(layer, name, dimensions);
            case AdaptivePoolSpec pool:
                return Adaptive(layer, pool, name, dimensions);
            case DenseSpec dense:
                var linear = new TorchModule(
                    name,
                    "Linear",
                    [
                        (null, (int)layer.Input.Elements),
                        (null, dense.Units),
                        .. dense.Bias ? [] : new (string?, object)[] { ("bias", false) },
                    ]
                );
                return layer.Input.Count == 1 ? [linear] : [new TorchModule(name + "_flatten", "Flatten"), linear];
            case RecurrentSpec cell:
                return
                [
                    new TorchModule(
                        name,
                        "Recurrent",
                        (null, cell.Cell.ToString()),
                        (null, layer.Input.Channels),
                        (null, cell.Units),
                        ("sequence", cell.Sequence),
                        ("bidirectional", cell.Bidirectional)
                    ),
                ];
            default:
                return [Simple(layer, name, dimensions)];
        }
    }

    private TorchModule Simple(NetworkLayer layer, string name, string dimensions) =>
        layer.Spec switch
        {
            ActivationSpec { Function: ActivationKind.LeakyReLU } => new TorchModule(name, "LeakyReLU", (null, 0.01)),
            ActivationSpec { Function: ActivationKind.Softmax } => new TorchModule(name, "Softmax", ("dim", 1)),
            ActivationSpec activation => new TorchModule(name, activation.Function.ToString()),
            FlattenSpec => new TorchModule(name, "Flatten"),
            DropoutSpec { Spatial: true } dropout when layer.Input.Count > 1 => new TorchModule(
                name,
                "Dropout" + dimensions,
                (null, dropout.Rate)
            ),
            DropoutSpec dropout => new TorchModule(name, "Dropout", (null, dropout.Rate)),
            ScaleSpec scale => new TorchModule(name, "Scale", (null, scale.Factor)),
            StreamSpec stream => new TorchModule(
                name,
                stream.Stream == StreamKind.Picture ? "PictureRows" : "SoundRows",
                (null, stream.Rows)
            ),
            MaxoutSpec maxout => new TorchModule(name, "Maxout", (null, maxout.GroupSize)),
            BatchNormSpec norm => BatchNorm(norm, name, layer.Input.Channels, layer.Input.Count <= 2 ? "1d" : dimensions),
            LayerNormSpec => new TorchModule(name, "GroupNorm", (null, 1), (null, layer.Input.Channels)),
            GroupNormSpec group => new TorchModule(name, "GroupNorm", (null, group.Groups), (null, layer.Input.Channels)),
            // torch divides alpha by the size; with an even size its window has the extra channel on the other side
            LocalResponseSpec response when response.Size % 2 == 1 => new TorchModule(
                name,
                "LocalResponseNorm",
                (null, response.Size),
                ("alpha", response.Alpha * response.Size),
                ("beta", response.Beta),
                ("k", response.K)
            ),
            LocalResponseSpec => throw UnsupportedLayer.In(layer, language, "a local response normalization of odd size"),
            ChannelPadSpec skip => new TorchModule(
                name,
                "ChannelPad",
                (null, skip.Channels),
                (null, skip.Stride.Expand(layer.Input.Count - 1))
            ),
            _ => throw UnsupportedLayer.In(layer, language),
        };

    // neither library has one that learns a shift without a scale
    private static TorchModule BatchNorm(BatchNormSpec norm, string name, int channels, string dimensions)
    {
        var arguments = new List<(string?, object)> { (null, channels) };
        if (norm.Epsilon != BatchNormSpec.StandardEpsilon)
        {
            arguments.Add(("eps", norm.Epsilon));
        }
        if (norm.Momentum != BatchNormSpec.StandardMomentum)
        {
            arguments.Add(("momentum", norm.Momentum));
        }
        return new TorchModule(name, (norm.Scale ? "BatchNorm" : "ShiftOnlyBatchNorm") + dimensions, arguments);
    }

    private IEnumerable<TorchModule> Adaptive(NetworkLayer layer, AdaptivePoolSpec pool, string name, string dimensions)
    {
        int count = layer.Input.Count - 1;
        int[] size = pool.Size?.Expand(count) ?? [.. Enumerable.Repeat(1, count)];
        string type = $"Adaptive{(pool.Pooling == PoolKind.Max ? "Max" : "Avg")}Pool{dimensions}";
        if (language == TorchSharpWriter.Target && type == "AdaptiveMaxPool3d")
        {
            throw UnsupportedLayer.In(layer, language); // it has the module, which fails in its forward pass (0.107)
        }
        yield return new TorchModule(name, type, (null, count == 1 ? size[0] : size));
        if (pool.Size is null)
        {
            yield return new TorchModule(name + "_flatten", "Flatten");
        }
    }

    private TorchModule Block(NetworkLayer layer, BlockSpec block, string name)
    {
        // the inner layers of all branches are in one list, with names that are different in the block
        var inner = new Queue<NetworkLayer>(layer.Inner);
        return new TorchModule(name, "Branches", (null, block.Join == JoinKind.Add ? "add" : "concatenate"))
        {
            Branches =
            [
                .. block.Branches(layer.Input).Select(branch => Of([.. Enumerable.Range(0, branch.Count).Select(_ => inner.Dequeue())])),
            ],
        };
    }
}
