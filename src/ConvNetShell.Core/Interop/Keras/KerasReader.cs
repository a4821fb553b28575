using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Activation;
using ConvNetShell.Core.Layers.Dense;
using ConvNetShell.Core.Layers.Normalization;
using ConvNetShell.Core.Layers.Recurrent;
using ConvNetShell.Core.Numerics;
using static ConvNetShell.Core.Interop.Keras.KerasVariables;

namespace ConvNetShell.Core.Interop.Keras;

/// <summary>Translates Keras' layers to layers here. Their order is the data's; shapes are channels first.</summary>
/// <param name="input">The shape of a sample.</param>
/// <param name="warn">Receives warnings.</param>
internal sealed class KerasReader(Shape input, Action<string> warn)
{
    private readonly List<KerasPart> parts = [];
    private readonly KerasWindowReader windows = new();
    private Shape shape = input;

    /// <summary>Gets the layers.</summary>
    public IReadOnlyList<KerasPart> Parts => parts;

    /// <summary>Gets what the first layers do to pixels.</summary>
    public KerasPreprocessing Preprocessing { get; } = new(input.Channels);

    /// <summary>Reads a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="values">Returns the values of a variable.</param>
    /// <exception cref="ConvNetException">Layers here cannot compute it.</exception>
    public void Read(KerasLayer layer, Func<Storage.TensorEntry, double[]> values)
    {
        if (parts.Count == 0 && Preprocessing.Read(layer, values))
        {
            return;
        }
        if (layer.Settings.Text("data_format", "channels_last") != "channels_last")
        {
            throw layer.Settings.Wrong("data_format", "'channels_last'", "channels_first");
        }
        foreach (KerasPart part in Of(layer))
        {
            windows.Added(layer, part);
            shape = part.Spec.OutputShape(shape);
            parts.Add(part);
        }
    }

    /// <summary>Passes where nothing is left to do.</summary>
    public void End() => windows.RequireNone();

    private IEnumerable<KerasPart> Of(KerasLayer layer)
    {
        KerasSettings settings = layer.Settings;
        IEnumerable<KerasPart> found = layer.Class switch
        {
            "Dense" => [Dense(layer)],
            "Flatten" => [new KerasPart(new FlattenSpec())],
            "Dropout" => [new KerasPart(new DropoutSpec(settings.Real("rate", 0)))],
            "SpatialDropout1D" or "SpatialDropout2D" or "SpatialDropout3D" =>
            [
                new KerasPart(new DropoutSpec(settings.Real("rate", 0), spatial: true)),
            ],
            "Activation" => [],
            "ReLU" => [Rectifier(layer)],
            "LeakyReLU" => [Leaky(layer)],
            "Softmax" => [new KerasPart(new ActivationSpec(ActivationKind.Softmax))],
            "Rescaling" => [Rescaling(layer)],
            "BatchNormalization" => [BatchNorm(layer)],
            "LayerNormalization" => [LayerNorm(layer)],
            "GroupNormalization" => [GroupNorm(layer)],
            "LSTM" or "GRU" or "SimpleRNN" => [Recurrent(layer, layer.Class, settings, bidirectional: false)],
            "Bidirectional" => [Bidirectional(layer)],
            "InputLayer" or "ActivityRegularization" => [],
            _ when layer.Class.StartsWith("Random", StringComparison.Ordinal) || layer.Class is "GaussianNoise" or "GaussianDropout" =>
                LeftOut(layer),
            _ => windows.Of(layer, shape) ?? throw Unknown(layer),
        };
        return found.Concat(layer.Class is "LSTM" or "GRU" or "SimpleRNN" ? [] : Activation(layer));
    }

    private KerasPart Dense(KerasLayer layer)
    {
        int units = layer.Settings.Integer("units");
        bool hasBias = layer.Settings.Flag("use_bias", standard: true);
        // on maps it works on each position
        return shape.Count == 1
            ? new KerasPart(new DenseSpec(units, hasBias), layer.Variables)
            : KerasWindowReader.Pointwise(layer, units, hasBias, shape.Count - 1);
    }

    private static KerasPart Rectifier(KerasLayer layer)
    {
        bool isPlain =
            layer.Settings.Find("max_value") is null
            && layer.Settings.Real("negative_slope", 0) == 0
            && layer.Settings.Real("threshold", 0) == 0;
        return isPlain
            ? new KerasPart(new ActivationSpec(ActivationKind.ReLU))
            : throw layer.Settings.Wrong("max_value, negative_slope and threshold", "left out", "others");
    }

    private static KerasPart Leaky(KerasLayer layer)
    {
        double slope = layer.Settings.Real("negative_slope", layer.Settings.Real("alpha", 0.3));
        return Math.Abs(slope - 0.01) < 1e-6
            ? new KerasPart(new ActivationSpec(ActivationKind.LeakyReLU))
            : throw layer.Settings.Wrong("negative_slope", "0.01, as layers here have it", slope);
    }

    private static KerasPart Rescaling(KerasLayer layer)
    {
        double[] scale = layer.Settings.Reals("scale");
        return scale.Length == 1 && layer.Settings.Real("offset", 0) == 0
            ? new KerasPart(new ScaleSpec(scale[0]))
            : throw layer.Settings.Wrong("offset", "0, or the layer as the first of the model", layer.Settings.Find("offset"));
    }

    private KerasPart BatchNorm(KerasLayer layer)
    {
        RequireLastAxis(layer);
        bool hasScale = layer.Settings.Flag("scale", standard: true);
        double momentum = Math.Round(1 - layer.Settings.Real("momentum", 0.99), 12);
        return new KerasPart(new BatchNormSpec(momentum, layer.Settings.Real("epsilon", 1e-3), hasScale), layer.Variables)
        {
            HasScale = hasScale,
            HasCenter = layer.Settings.Flag("center", standard: true),
        };
    }

    private KerasPart LayerNorm(KerasLayer layer)
    {
        RequireLastAxis(layer);
        if (shape.Count > 1)
        {
            throw layer.Settings.Wrong(
                "axis",
                "the axis of a vector: on maps Keras normalizes each position, and layers here the whole sample",
                shape.ToString()
            );
        }
        return Normalization(layer, new LayerNormSpec(), 1e-3);
    }

    private KerasPart GroupNorm(KerasLayer layer)
    {
        RequireLastAxis(layer);
        int groups = layer.Settings.Integer("groups", 32);
        groups = groups == -1 ? shape.Channels : groups;
        return Normalization(layer, groups == 1 ? new LayerNormSpec() : new GroupNormSpec(groups), 1e-3);
    }

    private static KerasPart Normalization(KerasLayer layer, LayerSpec spec, double standard)
    {
        double epsilon = layer.Settings.Real("epsilon", standard);
        return Math.Abs(epsilon - Epsilon) < 1e-9
            ? new KerasPart(spec, layer.Variables)
            {
                HasScale = layer.Settings.Flag("scale", standard: true),
                HasCenter = layer.Settings.Flag("center", standard: true),
            }
            : throw layer.Settings.Wrong("epsilon", "1e-5, as layers here have it", epsilon);
    }

    private void RequireLastAxis(KerasLayer layer)
    {
        double[] axes = layer.Settings.Reals("axis");
        if (axes.Length > 0 && (axes.Length != 1 || (axes[0] != -1 && axes[0] != shape.Count)))
        {
            throw layer.Settings.Wrong("axis", "the last one, which has the channels", layer.Settings.Find("axis"));
        }
    }

    private static KerasPart Bidirectional(KerasLayer layer)
    {
        layer.Settings.Require("merge_mode", "concat");
        var inner = layer.Settings.Find("layer") ?? throw layer.Settings.Wrong("layer", "a recurrent layer", null);
        var outer = new KerasSettings(layer.ToString(), inner);
        string kind = outer.Text("class_name", string.Empty);
        return kind is "LSTM" or "GRU" or "SimpleRNN"
            ? Recurrent(layer, kind, new KerasSettings(layer.ToString(), outer.Find("config") ?? inner), bidirectional: true)
            : throw layer.Settings.Wrong("layer", "LSTM, GRU or SimpleRNN", kind);
    }

    private static KerasPart Recurrent(KerasLayer layer, string kind, KerasSettings settings, bool bidirectional)
    {
        settings.Require("activation", "tanh");
        settings.RequireNot("go_backwards");
        settings.RequireNot("stateful");
        if (kind != "SimpleRNN")
        {
            settings.Require("recurrent_activation", "sigmoid");
        }
        if (kind == "GRU" && !settings.Flag("reset_after", standard: true))
        {
            throw settings.Wrong("reset_after", "true, as layers here have it", "false");
        }
        RecurrentKind cell = kind switch
        {
            "LSTM" => RecurrentKind.LSTM,
            "GRU" => RecurrentKind.GRU,
            _ => RecurrentKind.RNN,
        };
        bool sequence = settings.Flag("return_sequences", standard: false);
        return new KerasPart(new RecurrentSpec(cell, settings.Integer("units"), sequence, bidirectional), layer.Variables);
    }

    private static IEnumerable<KerasPart> Activation(KerasLayer layer)
    {
        string function = layer.Settings.Text("activation", "linear");
        return function switch
        {
            "linear" => [],
            "relu" => [new KerasPart(new ActivationSpec(ActivationKind.ReLU))],
            "sigmoid" => [new KerasPart(new ActivationSpec(ActivationKind.Sigmoid))],
            "tanh" => [new KerasPart(new ActivationSpec(ActivationKind.Tanh))],
            "gelu" => [new KerasPart(new ActivationSpec(ActivationKind.GELU))],
            "softmax" => [new KerasPart(new ActivationSpec(ActivationKind.Softmax))],
            _ => throw layer.Settings.Wrong("activation", "linear, relu, sigmoid, tanh, gelu or softmax", function),
        };
    }

    private IEnumerable<KerasPart> LeftOut(KerasLayer layer)
    {
        warn($"{layer} changes training data only and was left out; Add-Augmentation has the same for a dataset.");
        return [];
    }

    private static LayerException Unknown(KerasLayer layer) =>
        new(
            "Layer.NotSupported",
            layer.ToString(),
            "expected a layer that a network here can have. Received: another.",
            "Replace the layer there."
        );
}
