using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Dense;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Display.Records.Understanding;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Networks;

/// <summary>Reads and writes the filters of a network's layers.</summary>
public static class NetworkFilters
{
    /// <summary>Returns whether a layer has filters to read and to set: convolutions, locally connected and dense layers.</summary>
    /// <param name="layer">The layer.</param>
    public static bool HasFilters(NetworkLayer layer) => layer.Spec is FilterSpec or DenseSpec;

    /// <summary>Returns the filters of a layer.</summary>
    /// <param name="network">The network.</param>
    /// <param name="layer">The layer's name; layers of blocks too (res1.conv1).</param>
    /// <param name="indices">Which filters, from 0; <see langword="null"/> for all.</param>
    /// <returns>The filters.</returns>
    /// <exception cref="InvalidSettingException">The layer or filter does not exist, or the layer has no filters.</exception>
    public static IReadOnlyList<LayerFilter> Get(Network network, string layer, IReadOnlyList<int>? indices = null)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        (NetworkLayer found, Tensor weight, Tensor? bias) = Find(network, layer);
        int count = Count(found, weight);
        bool seesColor = found == network.Plan.Layers[0] && network.InputShape is { Count: 3, Channels: 3 };
        int[] planes = found.Spec is DenseSpec ? found.Input.ToArray() : [];
        return
        [
            .. (indices ?? [.. Enumerable.Range(0, count)]).Select(index =>
            {
                Tensor filter = Select(found, weight, Checked(index, count, found.Name)).to(ScalarType.Float64).cpu().contiguous();
                var values = new NumericArray(filter.data<double>().ToArray(), [.. filter.shape.Select(size => (int)size)]);
                double? shift = bias is not null && bias.dim() == 1 ? bias[index].to(ScalarType.Float64).item<double>() : null;
                return new LayerFilter(found.Name, index, values.ToString(), shift, values.ToArray(), values.Values)
                {
                    SeesColor = seesColor,
                    Planes = planes,
                };
            }),
        ];
    }

    /// <summary>Gives a filter other weights.</summary>
    /// <param name="network">The network; it is changed.</param>
    /// <param name="layer">The layer's name.</param>
    /// <param name="index">Which filter, from 0; <see langword="null"/> for all.</param>
    /// <param name="values">The weights; as many as the filter has, in its shape, or without the dimensions of size one.
    /// <see langword="null"/> leaves them.</param>
    /// <param name="bias">The bias; <see langword="null"/> leaves it.</param>
    /// <exception cref="InvalidSettingException">The layer or filter does not exist, or it has no bias.</exception>
    /// <exception cref="ShapeMismatchException">The weights have another shape.</exception>
    public static void Set(Network network, string layer, int? index, NumericArray? values, double? bias)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        (NetworkLayer found, Tensor weight, Tensor? shift) = Find(network, layer);
        int count = Count(found, weight);
        if (bias is not null && shift is null)
        {
            throw new InvalidSettingException("Bias", $"left out for {found.Name}, which has no biases", bias);
        }
        network.HasInitialWeights = false;
        foreach (int i in index is int one ? [Checked(one, count, found.Name)] : Enumerable.Range(0, count))
        {
            Tensor filter = Select(found, weight, i);
            if (values is not null)
            {
                RequireShape(found, filter.shape, values);
                filter.copy_(tensor(values.Data, ScalarType.Float64).reshape(filter.shape).to(filter.dtype).to(filter.device));
            }
            if (bias is double number)
            {
                shift![i].FillInPlace(number);
            }
        }
    }

    private static (NetworkLayer Layer, Tensor Weight, Tensor? Bias) Find(Network network, string name)
    {
        NetworkLayer layer = network.Plan.Find(name);
        Tensor? Tensor(string part) => network.Parameters.FirstOrDefault(tensor => tensor.Name == $"{layer.Name}.{part}")?.Value;
        return HasFilters(layer) && Tensor("weight") is Tensor weight
            ? (layer, weight, Tensor("bias"))
            : throw new InvalidSettingException(
                "Layer",
                $"a layer with filters: "
                    + string.Join(
                        ", ",
                        network.Plan.AllLayers.Where(other => other.Spec is FilterSpec or DenseSpec).Select(other => other.Name)
                    ),
                layer.Name
            );
    }

    private static int Count(NetworkLayer layer, Tensor weight) =>
        layer.Spec is FilterSpec convolution ? convolution.Filters : (int)weight.shape[0];

    /// <summary>
    /// Returns the weights of a filter. Transposed: channels in, filters of a group, kernel; a filter has the channels of its group.
    /// Locally connected: places, filters, channels, kernel. All others: filters first.
    /// </summary>
    private static Tensor Select(NetworkLayer layer, Tensor weight, int index)
    {
        if (layer.Spec is TransposedConvSpec { Groups: > 1 } grouped)
        {
            long filters = weight.shape[1],
                channels = weight.shape[0] / grouped.Groups;
            return weight.narrow(0, index / filters * channels, channels).select(1, index % filters);
        }
        int axis = layer.Spec switch
        {
            TransposedConvSpec => 1,
            LocalSpec local => local.Dimensions,
            _ => 0,
        };
        return weight.select(axis, index);
    }

    private static int Checked(int index, int count, string layer) =>
        (uint)index < (uint)count
            ? index
            : throw new InvalidSettingException(
                "Index",
                string.Create(CultureInfo.InvariantCulture, $"from 0 to {count - 1} for {layer}"),
                index
            );

    private static void RequireShape(NetworkLayer layer, long[] wanted, NumericArray values)
    {
        bool fits = wanted.Where(size => size != 1).SequenceEqual(values.Sizes.Where(size => size != 1).Select(size => (long)size));
        if (!fits)
        {
            throw new ShapeMismatchException(
                $"A filter of {layer.Name}",
                NumericArray.Text(wanted.Select(size => (int)size)),
                values.ToString()
            );
        }
    }
}
