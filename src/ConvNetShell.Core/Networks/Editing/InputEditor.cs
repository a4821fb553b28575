using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Convolution;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Networks.Editing;

/// <summary>Changes what a network expects of its input: the numbers that pixels become, and the order of the channels.</summary>
internal static class InputEditor
{
    /// <summary>Returns the normalization after a change.</summary>
    /// <exception cref="InvalidSettingException">A list has not one number for all channels or one for each, or a number that cannot
    /// be.</exception>
    public static ChannelStatistics? Normalization(Network network, NetworkEdit edit, int channels)
    {
        if (edit.Mean is null && edit.StandardDeviation is null)
        {
            ChannelStatistics? kept = network.Normalization;
            return kept is null || !edit.ReverseChannels
                ? kept
                : new ChannelStatistics([.. kept.Mean.Reverse()], [.. kept.StandardDeviation.Reverse()]);
        }
        return new ChannelStatistics(
            Each(nameof(edit.Mean), edit.Mean ?? [0], channels, double.IsFinite, "a number"),
            Each(
                nameof(edit.StandardDeviation),
                edit.StandardDeviation ?? [1],
                channels,
                value => double.IsFinite(value) && value > 0,
                "a number above 0"
            )
        );
    }

    /// <summary>
    /// Returns the normalization for training on a split: the network's own where its first layer with weights is frozen, as that layer
    /// was trained with it; else that of the split.
    /// </summary>
    public static ChannelStatistics NormalizationFor(Network network, DatasetSplit train)
    {
        NetworkLayer? first = network.Layers.FirstOrDefault(layer => layer.ParameterCount > 0);
        return network.Normalization is { } own && first is not null && network.FrozenLayers.Contains(first.Name)
            ? own
            : ChannelStatistics.Measure(train);
    }

    /// <summary>Puts the weights of the first layer in the reverse order of the input's channels.</summary>
    /// <exception cref="InvalidSettingException">The network does not begin with a convolution of all channels.</exception>
    public static void ReverseChannels(Network network)
    {
        if (network.Layers[0].Spec is not ConvSpec { Groups: 1 })
        {
            throw new InvalidSettingException(
                nameof(NetworkEdit.ReverseChannels),
                "used for a network that begins with a convolution of all channels",
                network.Layers[0].Name
            );
        }
        const int channelAxis = 1;
        Tensor weight = network.Modules[0].Parameters[0].Value;
        weight.copy_(weight.flip(channelAxis));
    }

    private static IReadOnlyList<double> Each(
        string setting,
        IReadOnlyList<double> values,
        int channels,
        Func<double, bool> isValid,
        string expected
    )
    {
        if ((values.Count != 1 && values.Count != channels) || !values.All(isValid))
        {
            throw new InvalidSettingException(
                setting,
                FormattableString.Invariant($"{expected} for all channels, or one for each of the {channels}"),
                string.Join(", ", values.Select(value => FormattableString.Invariant($"{value}")))
            );
        }
        return values.Count == channels ? values : [.. Enumerable.Repeat(values[0], channels)];
    }
}
