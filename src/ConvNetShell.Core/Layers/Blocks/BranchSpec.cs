using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Layers.Blocks;

/// <summary>
/// Parallel branches: all get the input, and their outputs are added or put one after the other (Szegedy et al., arXiv 1409.4842).
/// </summary>
public sealed record BranchSpec : BlockSpec
{
    private readonly IReadOnlyList<IReadOnlyList<LayerSpec>> branches;

    /// <summary>Initializes a new instance of the <see cref="BranchSpec"/> class.</summary>
    /// <param name="branches">The layers of each branch; an empty one is the input itself.</param>
    /// <param name="join">How they come together.</param>
    /// <exception cref="InvalidSettingException">There are fewer than two branches, or none has a layer.</exception>
    public BranchSpec(IReadOnlyList<IReadOnlyList<LayerSpec>> branches, JoinKind join)
    {
        if (branches.Count < 2 || branches.All(branch => branch.Count == 0))
        {
            throw new InvalidSettingException("Branch", "two or more branches, one of them with layers", branches.Count);
        }
        this.branches = [.. branches.Select(branch => (IReadOnlyList<LayerSpec>)[.. branch])];
        Join = join;
        Depth = DepthOf(branches.SelectMany(branch => branch));
    }

    /// <inheritdoc />
    public override JoinKind Join { get; }

    /// <inheritdoc />
    public override string Kind => Join == JoinKind.Add ? "add" : "concat";

    /// <inheritdoc />
    public override IReadOnlyList<IReadOnlyList<LayerSpec>> Branches(Shape input) => branches;

    /// <inheritdoc />
    public override string ToToken() => $"{Kind}({string.Join(" | ", branches.Select(branch => string.Join(' ', branch)))})";

    /// <inheritdoc />
    public bool Equals(BranchSpec? other) => other is not null && ToToken() == other.ToToken() && Name == other.Name;

    /// <inheritdoc />
    public override int GetHashCode() => ToToken().GetHashCode(StringComparison.Ordinal);

    internal override IReadOnlyList<IReadOnlyList<LayerSpec>> Given => branches;

    internal override BlockSpec With(IReadOnlyList<IReadOnlyList<LayerSpec>> branches) => new BranchSpec(branches, Join);

    private protected override Shape Joined(Shape input, IReadOnlyList<Shape> outputs)
    {
        Shape first = outputs[0];
        bool fit = outputs.All(shape =>
            Join == JoinKind.Add ? shape.Equals(first) : shape.Count == first.Count && shape.Spatial.SequenceEqual(first.Spatial)
        );
        if (!fit)
        {
            throw new LayerException(
                "Layer.Join",
                ToToken(),
                $"expected branches with {(Join == JoinKind.Add ? "the same shape" : "the same size, whatever their channels")}. Received: "
                    + $"{string.Join(", ", outputs)}.",
                "Give the branches the same strides and padding."
            );
        }
        return Join == JoinKind.Add ? first : new Shape([outputs.Sum(shape => shape.Channels), .. first.Spatial]);
    }
}
