using System.Globalization;
using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Core.Layers.Activation;
using ConvNetShell.Core.Layers.Blocks;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Dense;
using ConvNetShell.Core.Layers.Normalization;
using ConvNetShell.Core.Layers.Pooling;
using ConvNetShell.Core.Layers.Recurrent;
using ConvNetShell.Core.Networks;

namespace ConvNetShell.Core.Interop.NetworkCode;

/// <summary>Translates layers to those of Keras 3.</summary>
internal static class KerasLayers
{
    internal const string Target = "Keras";

    /// <summary>Returns the Keras layers that compute a layer, in order.</summary>
    public static IEnumerable<string> Of(NetworkLayer layer)
    {
        string dimensions = string.Create(CultureInfo.InvariantCulture, $"{layer.Input.Count - 1}D");
        return layer.Spec switch
        {
            ConvSpec or TransposedConvSpec or PoolSpec or AdaptivePoolSpec => KerasWindows.Of(layer, dimensions),
            DenseSpec dense => Dense(layer, dense),
            FlattenSpec => [Call(layer, "Flatten")],
            ActivationSpec activation => Activation(layer, activation.Function),
            DropoutSpec { Spatial: true } dropout when layer.Input.Count > 1 =>
            [
                Call(layer, "SpatialDropout" + dimensions, Number(dropout.Rate)),
            ],
            DropoutSpec dropout => [Call(layer, "Dropout", Number(dropout.Rate))],
            ScaleSpec scale => [Call(layer, "Rescaling", Number(scale.Factor))],
            MaxoutSpec maxout => [Maxout(layer, maxout.GroupSize)],
            BatchNormSpec norm => [BatchNorm(layer, norm)],
            LayerNormSpec => [Call(layer, "GroupNormalization", "groups=1", "epsilon=1e-5")],
            GroupNormSpec group => [Call(layer, "GroupNormalization", $"groups={Number(group.Groups)}", "epsilon=1e-5")],
            ChannelPadSpec skip => [ChannelPad(layer, skip)],
            RecurrentSpec cell => [Recurrent(layer, cell)],
            _ => throw UnsupportedLayer.In(layer, Target),
        };
    }

    // Keras keeps the fraction of the running averages that PyTorch replaces
    private static string BatchNorm(NetworkLayer layer, BatchNormSpec norm) =>
        Call(
            layer,
            "BatchNormalization",
            [
                $"momentum={Number(Math.Round(1 - norm.Momentum, 12))}",
                $"epsilon={(norm.Epsilon == BatchNormSpec.StandardEpsilon ? "1e-5" : Number(norm.Epsilon))}",
                .. norm.Scale ? Array.Empty<string>() : ["scale=False"],
            ]
        );

    /// <summary>Writes the call of a layer's constructor, with the layer's name.</summary>
    internal static string Call(NetworkLayer layer, string type, params string[] arguments) => Call(layer, string.Empty, type, arguments);

    internal static string Call(NetworkLayer layer, string suffix, string type, string[] arguments) =>
        $"layers.{type}({string.Join(", ", arguments.Append($"name=\"{CodeText.Identifier(layer.Name)}{suffix}\""))})";

    internal static string Number(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<string> Dense(NetworkLayer layer, DenseSpec dense)
    {
        if (layer.Input.Count > 1)
        {
            yield return Call(layer, "_flatten", "Flatten", []);
        }
        yield return Call(layer, "Dense", [Number(dense.Units), .. dense.Bias ? Array.Empty<string>() : ["use_bias=False"]]);
    }

    private static IEnumerable<string> Activation(NetworkLayer layer, ActivationKind function) =>
        function switch
        {
            ActivationKind.LeakyReLU => [Call(layer, "LeakyReLU", "negative_slope=0.01")],
            ActivationKind.ScaledTanh =>
            [
                Call(layer, "_in", "Rescaling", ["2 / 3"]),
                Call(layer, "Activation", "\"tanh\""),
                Call(layer, "_out", "Rescaling", ["1.7159"]),
            ],
            ActivationKind.Softmax => [Call(layer, "Softmax")],
            _ => [Call(layer, "Activation", $"\"{function.ToString().ToLowerInvariant()}\"")],
        };

    private static string ChannelPad(NetworkLayer layer, ChannelPadSpec skip)
    {
        int count = layer.Input.Count - 1,
            missing = skip.Channels - layer.Input.Channels;
        string slices = string.Join(", ", skip.Stride.Expand(count).Select(step => "::" + Number(step)));
        string pads = string.Concat(Enumerable.Repeat("(0, 0), ", count + 1));
        return Call(
            layer,
            "Lambda",
            $"lambda t: keras.ops.pad(t[:, {slices}, :], ({pads}({Number(missing / 2)}, {Number(missing - missing / 2)})))"
        );
    }

    private static string Maxout(NetworkLayer layer, int size)
    {
        string shape = string.Join(
            ", ",
            layer.Input.ToArray()[1..].Append(layer.Output.Channels).Append(size).Select(length => Number(length))
        );
        return Call(layer, "Lambda", $"lambda t: keras.ops.max(keras.ops.reshape(t, (-1, {shape})), axis=-1)");
    }

    // Keras' RNN and LSTM have one bias where torch has two that are added
    private static string Recurrent(NetworkLayer layer, RecurrentSpec cell)
    {
        string type = cell.Cell == RecurrentKind.RNN ? "SimpleRNN" : cell.Cell.ToString();
        string arguments = Number(cell.Units) + (cell.Sequence ? ", return_sequences=True" : string.Empty);
        return cell.Bidirectional ? Call(layer, "Bidirectional", $"layers.{type}({arguments})") : Call(layer, type, arguments);
    }
}
