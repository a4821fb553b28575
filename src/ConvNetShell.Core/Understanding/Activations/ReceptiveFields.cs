using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Operators;
using ConvNetShell.Display.Records.Networks;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Understanding.Activations;

/// <summary>Works out receptive fields, and measures how much of them counts.</summary>
public static class ReceptiveFields
{
    // Two standard deviations from the middle a normal distribution has 4.55 % outside: the bound of Luo et al.
    private const double EffectiveFraction = 0.0455;
    private const int Samples = 32;

    /// <summary>Returns the receptive fields of a network's layers.</summary>
    /// <param name="network">The network.</param>
    /// <param name="layers">The names; <see langword="null"/> for all layers (those within blocks aside).</param>
    /// <param name="at">The position of a value, one number for each dimension; <see langword="null"/> for none.</param>
    /// <param name="effective">Whether to measure the effective field of that value, or of the middle one, by gradients.</param>
    /// <returns>A row for each layer.</returns>
    /// <exception cref="InvalidSettingException">The layer or the position in it does not exist.</exception>
    public static IReadOnlyList<ReceptiveFieldInfo> Get(
        Network network,
        IReadOnlyList<string>? layers = null,
        IReadOnlyList<int>? at = null,
        bool effective = false
    ) => Get(network.Plan, layers, at, effective ? network : null);

    /// <summary>Returns the receptive fields of a network's layers, which do not depend on its weights.</summary>
    /// <param name="plan">The network's layers and shapes.</param>
    /// <param name="layers">The names; <see langword="null"/> for all layers (those within blocks aside).</param>
    /// <param name="at">The position of a value, one number for each dimension; <see langword="null"/> for none.</param>
    /// <returns>A row for each layer.</returns>
    /// <exception cref="InvalidSettingException">The layer or the position in it does not exist.</exception>
    public static IReadOnlyList<ReceptiveFieldInfo> Get(
        NetworkPlan plan,
        IReadOnlyList<string>? layers = null,
        IReadOnlyList<int>? at = null
    ) => Get(plan, layers, at, null);

    private static IReadOnlyList<ReceptiveFieldInfo> Get(
        NetworkPlan plan,
        IReadOnlyList<string>? layers,
        IReadOnlyList<int>? at,
        Network? measured
    )
    {
        string[]? wanted = layers is null ? null : [.. layers.Select(name => plan.Find(name).Name)];
        var field = ReceptiveField.OfInput(plan.InputShape);
        var rows = new List<ReceptiveFieldInfo>();
        foreach (NetworkLayer layer in plan.Layers)
        {
            field = field.Through(layer.Spec, layer.Input);
            if (wanted is null || wanted.Contains(layer.Name))
            {
                rows.Add(Row(plan.InputShape, layer, field, at, measured));
            }
        }
        return rows.Count > 0
            ? rows
            : throw new InvalidSettingException(
                "Layer",
                $"one of {string.Join(", ", plan.Layers.Select(layer => layer.Name))}",
                string.Join(", ", layers!)
            );
    }

    private static ReceptiveFieldInfo Row(Shape input, NetworkLayer layer, ReceptiveField field, IReadOnlyList<int>? at, Network? measured)
    {
        int[] sizes = layer.Output.Spatial.ToArray();
        bool placed = field.HasPosition && sizes.Length > 0;
        if (at is not null && placed && (at.Count != sizes.Length || at.Where((p, d) => p < 0 || p >= sizes[d]).Any()))
        {
            throw new InvalidSettingException(
                "At",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{sizes.Length} numbers, from 0 to {string.Join(',', sizes.Select(size => size - 1))} for {layer.Name}"
                ),
                string.Join(',', at)
            );
        }
        int[] position =
            !placed ? []
            : at is not null ? [.. at]
            : measured is not null ? [.. sizes.Select(size => size / 2)]
            : [];
        int[][] region = [.. position.Select((p, d) => field.Region(d, p)).Select(pair => new[] { pair.First, pair.Last })];
        var info = new ReceptiveFieldInfo(
            layer.Name,
            layer.Output.ToString(),
            field.Size,
            field.Jump,
            field.Start,
            position,
            region,
            [.. region.Select((pair, d) => new[] { Math.Max(0, pair[0]), Math.Min(input.Spatial[d] - 1, pair[1]) })]
        );
        return measured is not null && input.Count > 1 ? Measure(measured, layer, position, info) : info;
    }

    private static ReceptiveFieldInfo Measure(Network network, NetworkLayer layer, int[] position, ReceptiveFieldInfo info)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(1);
        using IDisposable stay = network.On(CPU);
        Shape input = network.InputShape;
        Tensor batch = randn([Samples, .. input.ToArray().Select(size => (long)size)], generator: random).requires_grad_();
        Tensor value = network.Outputs(batch)[layer.Index - 1];
        foreach (int p in position)
        {
            value = value.select(2, p); // one spatial dimension goes with each
        }
        Tensor gradient = Gradients.Of(value.sum(), batch).abs().mean([0, 1]).to(ScalarType.Float64);
        int[] sizes = input.Spatial.ToArray();
        var map = new NumericArray(gradient.contiguous().data<double>().ToArray(), sizes);
        double bound = EffectiveFraction * map.Values.Max();
        int[] extent =
        [
            .. sizes.Select(
                (_, d) =>
                {
                    int[] used =
                    [
                        .. Enumerable
                            .Range(0, map.Values.Count)
                            .Where(i => map.Values[i] > bound)
                            .Select(i => WindowPositions.At(sizes, i)[d]),
                    ];
                    return used.Length == 0 ? 0 : used.Max() - used.Min() + 1;
                }
            ),
        ];
        return info with { EffectiveSize = extent, Gradient = map.ToArray() };
    }
}
