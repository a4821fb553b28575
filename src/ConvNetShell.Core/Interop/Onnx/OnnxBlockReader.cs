using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Blocks;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Normalization;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Interop.Onnx;

/// <summary>Reads branches that are added or concatenated as a block.</summary>
/// <param name="chain">The operators.</param>
/// <param name="depth">How many blocks this one is within.</param>
internal sealed class OnnxBlockReader(OnnxChain chain, int depth)
{
    /// <summary>Reads the block that begins at the value that comes next.</summary>
    /// <param name="input">The shape of that value.</param>
    public ImportedLayer Read(Shape input)
    {
        BlockSpec.RequireDepth(depth + 1);
        OnnxFork fork = chain.Fork();
        JoinKind join = fork.Join.OpType switch
        {
            "Add" or "Sum" => JoinKind.Add,
            "Concat" when fork.Join.Integer("axis", 0) == 1 => JoinKind.Concatenate,
            _ => throw OnnxChain.Wrong(fork.Join, "branches that are added, or concatenated by channel"),
        };
        IReadOnlyList<ImportedLayer>[] branches =
        [
            .. fork.Branches.Select(branch =>
            {
                var own = new OnnxChain(chain, branch.Nodes, input);
                var reader = new OnnxReader(own, preprocesses: false, depth + 1);
                reader.Read();
                return own.Current == branch.End
                    ? reader.Layers
                    : throw OnnxChain.Wrong(fork.Join, $"a branch that ends in '{own.Current}'");
            }),
        ];
        chain.Skip(fork.Count);
        return (join == JoinKind.Add ? Residual(branches, input) : null) ?? Branches([.. branches.SelectMany(Flat)], join);

        // a sum of three is a sum of two and the third
        IReadOnlyList<ImportedLayer>[] Flat(IReadOnlyList<ImportedLayer> branch) =>
            join == JoinKind.Add && branch is [{ Spec: BranchSpec { Join: JoinKind.Add } inner } sum] ? Parts(inner, sum.Inner) : [branch];
    }

    private static IReadOnlyList<ImportedLayer>[] Parts(BranchSpec sum, IReadOnlyList<ImportedLayer> inner)
    {
        int at = 0;
        return
        [
            .. sum.Given.Select(branch =>
            {
                ImportedLayer[] own = [.. inner.Skip(at).Take(branch.Count)];
                at += branch.Count;
                return own;
            }),
        ];
    }

    private static ImportedLayer Branches(IReadOnlyList<ImportedLayer>[] branches, JoinKind join) =>
        new(new BranchSpec([.. branches.Select(Specs)], join)) { Inner = [.. branches.SelectMany(branch => branch)] };

    /// <summary>Returns the residual block that two branches are, or <see langword="null"/>.</summary>
    private static ImportedLayer? Residual(IReadOnlyList<ImportedLayer>[] branches, Shape input)
    {
        if (branches.Length != 2)
        {
            return null;
        }
        foreach (
            (IReadOnlyList<ImportedLayer> main, IReadOnlyList<ImportedLayer> other) in new[]
            {
                (branches[0], branches[1]),
                (branches[1], branches[0]),
            }
        )
        {
            if (main.Count == 0)
            {
                continue;
            }
            foreach (ShortcutKind kind in Enum.GetValues<ShortcutKind>())
            {
                var block = new ResidualSpec(Specs(main), kind);
                if (block.Branches(input)[1] is var bridge && IsAlike(bridge, Specs(other)))
                {
                    return new ImportedLayer(block) { Inner = [.. main, .. other] };
                }
            }
        }
        return null;
    }

    private static bool IsAlike(IReadOnlyList<LayerSpec> bridge, IReadOnlyList<LayerSpec> other) =>
        (bridge, other) switch
        {
            ([], []) => true,
            ([ChannelPadSpec wanted], [ChannelPadSpec found]) => wanted.ToToken() == found.ToToken(),
            // a window of one position needs no padding, whatever it is called
            ([ConvSpec wanted, BatchNormSpec], [ConvSpec found, BatchNormSpec]) => !found.Bias
                && found.Filters == wanted.Filters
                && found.Groups == wanted.Groups
                && found.Window.Kernel.Equals(wanted.Window.Kernel)
                && found.Window.Stride.Equals(wanted.Window.Stride)
                && found.Window.Padding.Mode is PaddingMode.Valid or PaddingMode.Same,
            _ => false,
        };

    private static IReadOnlyList<LayerSpec> Specs(IReadOnlyList<ImportedLayer> layers) => [.. layers.Select(layer => layer.Spec)];
}
