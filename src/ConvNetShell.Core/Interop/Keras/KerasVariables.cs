using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Dense;
using ConvNetShell.Core.Layers.Normalization;
using ConvNetShell.Core.Layers.Recurrent;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Interop.Keras;

/// <summary>Turns Keras' variables, which have channels last, to the weights of a layer here.</summary>
internal static class KerasVariables
{
    /// <summary>What normalizations here add to the variance.</summary>
    public const double Epsilon = 1e-5;

    /// <summary>Returns the weights by the names that the layer's module has.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="flattened">The maps that a vector was made of, or <see langword="null"/>.</param>
    /// <param name="part">What Keras says of the layer.</param>
    /// <param name="values">The variables in Keras' order.</param>
    /// <exception cref="ConvNetException">There are more or fewer than the layer has.</exception>
    public static IReadOnlyList<(string Parameter, Tensor Value)> Turn(
        NetworkLayer layer,
        Shape? flattened,
        KerasPart part,
        IReadOnlyList<Tensor> values
    ) =>
        layer.Spec switch
        {
            ConvSpec conv => Weights(layer, conv.Bias, values, kernel => Kernel(conv, kernel)),
            TransposedConvSpec conv => Weights(layer, conv.Bias, values, kernel => Turned(kernel)),
            DenseSpec dense => Weights(layer, dense.Bias, values, kernel => Rows(layer, kernel, flattened).t()),
            BatchNormSpec => BatchNorm(layer, flattened, part, values),
            LayerNormSpec or GroupNormSpec => Norm(layer, flattened, part, values),
            RecurrentSpec cell => Recurrent(layer, cell, values),
            _ => values.Count == 0 ? [] : throw Count(layer, 0, values),
        };

    private static (string, Tensor)[] Weights(NetworkLayer layer, bool hasBias, IReadOnlyList<Tensor> values, Func<Tensor, Tensor> turn)
    {
        Require(layer, hasBias ? 2 : 1, values);
        return hasBias ? [("weight", turn(values[0])), ("bias", values[1])] : [("weight", turn(values[0]))];
    }

    // rows, columns, channels, filters -> filters, channels, rows, columns; depthwise: rows, columns, channels, filters of each
    private static Tensor Kernel(ConvSpec conv, Tensor kernel)
    {
        RequireRank(kernel, conv.Dimensions + 2);
        long[] sizes = kernel.shape;
        bool isDepthwise = conv.Groups > 1 && sizes[^2] == conv.Groups && sizes[^2] * sizes[^1] == conv.Filters;
        return isDepthwise
            ? kernel
                .permute([sizes.Length - 2, sizes.Length - 1, .. Enumerable.Range(0, sizes.Length - 2)])
                .reshape([-1, 1, .. sizes[..^2]])
            : Turned(kernel);
    }

    private static Tensor Turned(Tensor kernel)
    {
        int count = kernel.shape.Length;
        return count > 2 ? kernel.permute([count - 1, count - 2, .. Enumerable.Range(0, count - 2)]) : kernel;
    }

    // the inputs of a dense layer come row by row and channels last there
    private static Tensor Rows(NetworkLayer layer, Tensor kernel, Shape? flattened)
    {
        RequireRank(kernel, 2);
        return Order(kernel, layer.Input.Count > 1 ? layer.Input : flattened);
    }

    private static Tensor Order(Tensor values, Shape? maps)
    {
        if (maps is null || maps.Elements == maps.Channels || values.shape[0] != maps.Elements)
        {
            return values;
        }
        int[] sizes = maps.ToArray();
        long[] last = [.. sizes[1..].Append(sizes[0]), .. values.shape[1..]];
        long[] axes =
        [
            sizes.Length - 1,
            .. Enumerable.Range(0, sizes.Length - 1),
            .. Enumerable.Range(sizes.Length, values.shape.Length - 1),
        ];
        return values.reshape(last).permute(axes).reshape(values.shape);
    }

    private static (string, Tensor)[] BatchNorm(NetworkLayer layer, Shape? flattened, KerasPart part, IReadOnlyList<Tensor> values)
    {
        (string, Tensor)[] learned = Norm(layer, flattened, part, [.. values.Take(values.Count - 2)]);
        Require(layer, learned.Length + 2, values);
        return [.. learned, ("running_mean", Order(values[^2], flattened)), ("running_var", Order(values[^1], flattened))];
    }

    private static (string, Tensor)[] Norm(NetworkLayer layer, Shape? flattened, KerasPart part, IReadOnlyList<Tensor> values)
    {
        Require(layer, (part.HasScale ? 1 : 0) + (part.HasCenter ? 1 : 0), values);
        var weights = new List<(string, Tensor)>();
        if (part.HasScale)
        {
            weights.Add(("weight", Order(values[0], flattened)));
        }
        if (part.HasCenter)
        {
            weights.Add(("bias", Order(values[^1], flattened)));
        }
        return [.. weights];
    }

    private static (string, Tensor)[] Recurrent(NetworkLayer layer, RecurrentSpec cell, IReadOnlyList<Tensor> values)
    {
        const int each = 3; // kernel, recurrent kernel, bias
        Require(layer, cell.Bidirectional ? 2 * each : each, values);
        return
        [
            .. values
                .Chunk(each)
                .SelectMany(
                    (direction, number) =>
                    {
                        string suffix = number == 0 ? string.Empty : "_reverse";
                        Tensor bias = direction[2];
                        bool hasBoth = bias.dim() == 2;
                        RequireRank(direction[0], 2);
                        RequireRank(direction[1], 2);
                        RequireRank(bias, hasBoth ? 2 : 1);
                        return new[]
                        {
                            ("weight_ih" + suffix, Gates(cell, direction[0].t())),
                            ("weight_hh" + suffix, Gates(cell, direction[1].t())),
                            ("bias_ih" + suffix, Gates(cell, hasBoth ? bias[0] : bias)),
                            ("bias_hh" + suffix, hasBoth ? Gates(cell, bias[1]) : zeros_like(bias)),
                        };
                    }
                ),
        ];
    }

    // GRU: update, reset, new there; reset, update, new here
    private static Tensor Gates(RecurrentSpec cell, Tensor values)
    {
        if (cell.Cell != RecurrentKind.GRU || values.shape[0] % 3 != 0)
        {
            return values;
        }
        Tensor[] gates = values.chunk(3, 0);
        return cat([gates[1], gates[0], gates[2]], 0);
    }

    private static void RequireRank(Tensor kernel, int rank)
    {
        if (kernel.dim() != rank)
        {
            throw new ShapeMismatchException("kernel", $"{rank} dimensions", string.Join('x', kernel.shape));
        }
    }

    private static void Require(NetworkLayer layer, int count, IReadOnlyList<Tensor> values)
    {
        if (values.Count != count)
        {
            throw Count(layer, count, values);
        }
    }

    private static InvalidSettingException Count(NetworkLayer layer, int count, IReadOnlyList<Tensor> values) =>
        new($"The variables of {layer.Name}", $"{count}", $"{values.Count}");
}
