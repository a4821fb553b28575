using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Layers.Blocks;

/// <summary>A layer made of layers: branches that all get the block's input and come together at its end.</summary>
public abstract record BlockSpec : LayerSpec
{
    /// <summary>The deepest nesting of blocks.</summary>
    public const int MaxDepth = 100;

    // The latest answer of OutputShape: each block asks its inner blocks several times, and without it n levels would cost 2^n calls.
    private (Shape Input, Shape Output)? known;

    /// <summary>Gets how the branches come together.</summary>
    public abstract JoinKind Join { get; }

    /// <summary>Returns the branches as they are for an input; an empty one is the input itself.</summary>
    /// <param name="input">The shape that goes in.</param>
    /// <returns>The layers of each branch, in order.</returns>
    public abstract IReadOnlyList<IReadOnlyList<LayerSpec>> Branches(Shape input);

    /// <summary>Gets the branches as they were given, without what a shortcut adds to fit.</summary>
    internal abstract IReadOnlyList<IReadOnlyList<LayerSpec>> Given { get; }

    /// <summary>Returns the same block of other layers.</summary>
    /// <param name="branches">The layers of each branch, as many branches as <see cref="Given"/> has.</param>
    internal abstract BlockSpec With(IReadOnlyList<IReadOnlyList<LayerSpec>> branches);

    /// <inheritdoc />
    public sealed override Shape OutputShape(Shape input)
    {
        if (known is { } answer && answer.Input.Equals(input))
        {
            return answer.Output;
        }
        Shape[] outputs = [.. Branches(input).Select(branch => branch.Aggregate(input, (shape, layer) => layer.OutputShape(shape)))];
        Shape output = Joined(input, outputs);
        known = (input, output);
        return output;
    }

    /// <inheritdoc />
    public sealed override long ParameterCount(Shape input) => Sum(input, (layer, shape) => layer.ParameterCount(shape));

    /// <inheritdoc />
    public sealed override long MultiplyAdds(Shape input) => Sum(input, (layer, shape) => layer.MultiplyAdds(shape));

    /// <inheritdoc />
    public sealed override string Formula(Shape input)
    {
        var counts = new List<long>();
        Sum(
            input,
            (layer, shape) =>
            {
                counts.Add(layer.ParameterCount(shape));
                return 0;
            }
        );
        counts.RemoveAll(count => count == 0);
        return counts.Count == 0
            ? string.Empty
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{string.Join('+', counts.Select(count => count.ToString(CultureInfo.InvariantCulture)))} = {counts.Sum()}"
            );
    }

    /// <summary>Returns the shape the branches come together to.</summary>
    /// <param name="input">The shape that goes in.</param>
    /// <param name="outputs">The shape at the end of each branch.</param>
    private protected abstract Shape Joined(Shape input, IReadOnlyList<Shape> outputs);

    internal sealed override LayerModule Build(Shape input, WeightInitializer start) => new BlockModule(this, input, start);

    /// <summary>Gets the levels of blocks within this one, itself included.</summary>
    internal int Depth { get; private protected init; } = 1;

    /// <summary>Returns how deep a block of these layers is nested.</summary>
    /// <exception cref="InvalidSettingException">Deeper than <see cref="MaxDepth"/>.</exception>
    private protected static int DepthOf(IEnumerable<LayerSpec> layers) =>
        RequireDepth(1 + layers.OfType<BlockSpec>().Select(block => block.Depth).DefaultIfEmpty().Max());

    /// <summary>Returns a depth that is not too large.</summary>
    /// <exception cref="InvalidSettingException">Deeper than <see cref="MaxDepth"/>.</exception>
    internal static int RequireDepth(int depth) =>
        depth <= MaxDepth ? depth : throw new InvalidSettingException("Block", $"nested at most {MaxDepth} levels deep", "a deeper one");

    private long Sum(Shape input, Func<LayerSpec, Shape, long> count)
    {
        long sum = 0;
        foreach (IReadOnlyList<LayerSpec> branch in Branches(input))
        {
            Shape shape = input;
            foreach (LayerSpec layer in branch)
            {
                sum = checked(sum + count(layer, shape));
                shape = layer.OutputShape(shape);
            }
        }
        return sum;
    }
}
