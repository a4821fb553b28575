using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Blocks;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Networks.Editing;

/// <summary>Makes networks of others: layers replaced, left out or appended, the weights of the kept layers kept.</summary>
public static class NetworkEditor
{
    /// <summary>
    /// Returns a network with other layers. Layers that are kept keep their weights, unless another input gives them another number of
    /// weights. The class names are kept if the output layer is. Default names are counted anew: without conv1, conv2 is conv1.
    /// </summary>
    /// <param name="network">The network; it is not changed.</param>
    /// <param name="edit">The changes.</param>
    /// <param name="warn">Receives a warning about each kept layer with new weights.</param>
    /// <returns>The new network, on the same device.</returns>
    /// <exception cref="NameNotFoundException">A layer does not exist, or stands within a block.</exception>
    /// <exception cref="InvalidSettingException">No layer is left, or one is to be replaced and left out; a mean or deviation is no number
    /// or not one for each channel; channels are to be reversed of a network that does not begin with a convolution.</exception>
    /// <exception cref="LayerException">A layer does not fit the one before it.</exception>
    public static Network Edit(Network network, NetworkEdit edit, Action<string>? warn = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(edit);
        (LayerSpec Spec, int? From)[] layers = [.. Layers(network, edit)];
        NetworkPlan plan = NetworkPlan.Fit(layers.Select(layer => layer.Spec), edit.InputShape ?? network.InputShape);
        Network other = Network.Create(plan, edit.Seed, name: network.Name, preset: network.Preset);
        other.MoveTo(network.Device);
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        for (int i = 0; i < layers.Length; i++)
        {
            if (layers[i].From is { } from && !TakeOver(network.Modules[from], other.Modules[i]))
            {
                warn?.Invoke(
                    $"{plan.Layers[i].Name} has new weights: its input was {network.Layers[from].Input} and is {plan.Layers[i].Input}."
                );
            }
        }
        other.Normalization = InputEditor.Normalization(network, edit, plan.InputShape.Channels);
        if (edit.ReverseChannels)
        {
            InputEditor.ReverseChannels(other);
        }
        other.Metadata = network.Metadata;
        other.HasInitialWeights = network.HasInitialWeights;
        other.Classes = KeepsOutput(network, plan, layers) ? network.Classes : [];
        return other;
    }

    /// <summary>Freezes layers, so that training leaves their weights and running averages as they are, or makes them trainable.</summary>
    /// <param name="network">The network; it is changed.</param>
    /// <param name="layer">The name of a layer, of one within a block too (res1.conv1); a block is frozen as a whole.</param>
    /// <param name="isFrozen">Whether it is frozen.</param>
    /// <exception cref="NameNotFoundException">There is no such layer.</exception>
    public static void Freeze(Network network, string layer, bool isFrozen)
    {
        foreach (NamedTensor weight in Module(network, layer).Parameters)
        {
            weight.Freeze(isFrozen);
        }
    }

    /// <summary>Says how a layer is trained; of a block, each of its layers.</summary>
    /// <param name="network">The network; it is changed.</param>
    /// <param name="layer">The name of a layer, of one within a block too (res1.conv1).</param>
    /// <param name="change">Returns how it is to be trained, from how it is trained now.</param>
    /// <exception cref="NameNotFoundException">There is no such layer.</exception>
    /// <exception cref="InvalidSettingException">The layer has no weights.</exception>
    public static void SetTraining(Network network, string layer, Func<LayerTraining, LayerTraining> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        LayerModule module = Module(network, layer);
        if (module.Parameters.Count == 0)
        {
            throw new InvalidSettingException("Layer", "a layer with weights", layer);
        }
        foreach (NamedTensor weight in module.Parameters)
        {
            weight.Training = change(weight.Training);
        }
    }

    private static LayerModule Module(Network network, string layer)
    {
        ArgumentNullException.ThrowIfNull(network);
        NetworkLayer found = network.Plan.Find(layer);
        return network.Plan.AllLayers.Zip(BlockModule.All(network.Modules)).First(pair => pair.First == found).Second;
    }

    private static IEnumerable<(LayerSpec Spec, int? From)> Layers(Network network, NetworkEdit edit)
    {
        int? replaced = edit.Replace is null ? null : Index(network, edit.Replace, nameof(edit.Replace));
        int[] removed = [.. edit.Remove.Select(name => Index(network, name, nameof(edit.Remove)))];
        if (replaced is { } both && removed.Contains(both))
        {
            throw new InvalidSettingException(nameof(edit.Remove), "other layers than -Replace", edit.Replace);
        }
        for (int i = 0; i < network.Layers.Count; i++)
        {
            if (i == replaced)
            {
                foreach (LayerSpec spec in edit.With)
                {
                    yield return (spec, null);
                }
            }
            else if (!removed.Contains(i))
            {
                yield return (network.Layers[i].Spec, i);
            }
        }
        foreach (LayerSpec spec in edit.Append)
        {
            yield return (spec, null);
        }
    }

    private static int Index(Network network, string name, string setting) =>
        network.Layers.FirstOrDefault(layer => layer.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } found
            ? found.Index - 1
            : throw new NameNotFoundException("Layer.NotFound", setting, network.Layers.Select(layer => layer.Name), name);

    private static bool TakeOver(LayerModule from, LayerModule to)
    {
        bool isAlike = State(from)
            .Select(tensor => tensor.Value.shape)
            .SequenceEqual(State(to).Select(tensor => tensor.Value.shape), ShapeComparer);
        if (isAlike)
        {
            to.CopyWeightsFrom(from);
        }
        return isAlike;
    }

    private static IEqualityComparer<long[]> ShapeComparer { get; } =
        EqualityComparer<long[]>.Create((x, y) => x.AsSpan().SequenceEqual(y), shape => shape.Length);

    private static IEnumerable<NamedTensor> State(LayerModule module) => module.Parameters.Concat(module.Buffers);

    /// <summary>Returns whether the last layer with weights is an old one and the output has its shape.</summary>
    private static bool KeepsOutput(Network network, NetworkPlan plan, (LayerSpec Spec, int? From)[] layers)
    {
        int last = Array.FindLastIndex([.. plan.Layers], layer => layer.ParameterCount > 0),
            old = Array.FindLastIndex([.. network.Layers], layer => layer.ParameterCount > 0);
        return plan.OutputShape.Equals(network.OutputShape) && (last < 0 ? old < 0 : layers[last].From == old);
    }
}
