using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Activation;
using ConvNetShell.Core.Layers.Blocks;
using ConvNetShell.Core.Layers.Dense;
using ConvNetShell.Core.Layers.Streams;
using ConvNetShell.Core.Networks;

namespace ConvNetShell.Core.Applications.Highlights;

/// <summary>
/// Which features before the last dense layer of a network come from which stream. Because the streams meet in that layer only, their
/// parts of its output add up.
/// </summary>
/// <param name="Head">The last dense layer.</param>
/// <param name="Parts">The stream of each stretch of its inputs: where it begins and how long it is.</param>
internal sealed record StreamFeatures(NetworkLayer Head, IReadOnlyList<(StreamKind Stream, int First, int Count)> Parts)
{
    /// <summary>Finds the features of a network.</summary>
    /// <exception cref="InvalidSettingException">Its streams do not meet in its last dense layer.</exception>
    public static StreamFeatures Of(Network network)
    {
        int head = network.Layers.Count - 1 - (network.EndsInSoftmax ? 1 : 0);
        LayerSpec first = network.Layers[0].Spec;
        if (head > 0 && network.Layers[head].Spec is DenseSpec && Streams(first, network.Layers[0]) is { } parts)
        {
            // Nothing between the streams and the head mixes them: a single stream may have any layers.
            bool joinsLate = parts.Count == 1 || network.Layers.Take(head).Skip(1).All(layer => layer.Spec is DropoutSpec);
            if (joinsLate)
            {
                NetworkLayer last = network.Layers[head];
                return new(last, parts.Count == 1 ? [(parts[0].Stream, 0, (int)last.Input.Elements)] : parts);
            }
        }
        throw new InvalidSettingException(
            "Network",
            "a network of streams, such as TwoStream, PictureStream or SoundStream: it begins with picture..., sound... or "
                + "concat(picture... | sound...), and its streams meet in its last dense layer",
            $"{network.Name}: {network.Spec}"
        );
    }

    private static List<(StreamKind Stream, int First, int Count)>? Streams(LayerSpec first, NetworkLayer layer)
    {
        if (first is StreamSpec single)
        {
            return [(single.Stream, 0, 0)];
        }
        if (first is not BranchSpec { Join: JoinKind.Concatenate } block || layer.Output.Count > 1)
        {
            return null;
        }
        var parts = new List<(StreamKind, int, int)>();
        int at = 0;
        foreach (IReadOnlyList<LayerSpec> branch in block.Branches(layer.Input))
        {
            if (branch.FirstOrDefault() is not StreamSpec stream)
            {
                return null;
            }
            int count = branch.Aggregate(layer.Input, (shape, inner) => inner.OutputShape(shape)).Channels;
            parts.Add((stream.Stream, at, count));
            at += count;
        }
        return parts;
    }
}
