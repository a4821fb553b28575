using ConvNetShell.Core.Layers.Blocks;

namespace ConvNetShell.Core.Layers.Spec;

/// <summary>Words before a parenthesis: res, respad, resproj, add, concat.</summary>
internal static class BlockTokens
{
    public static LayerSpec? Read(string token, IReadOnlyList<IReadOnlyList<LayerSpec>> branches) =>
        token switch
        {
            "res" when branches.Count == 1 => new ResidualSpec(branches[0], ShortcutKind.Identity),
            "respad" when branches.Count == 1 => new ResidualSpec(branches[0], ShortcutKind.Pad),
            "resproj" when branches.Count == 1 => new ResidualSpec(branches[0], ShortcutKind.Projection),
            "add" => new BranchSpec(branches, JoinKind.Add),
            "concat" => new BranchSpec(branches, JoinKind.Concatenate),
            _ => null,
        };
}
