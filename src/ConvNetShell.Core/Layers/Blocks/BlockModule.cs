using ConvNetShell.Core.Layers.Chains;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Numerics;
using ConvNetShell.FusedKernels.Direct;
using ConvNetShell.FusedKernels.Direct.Planes;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Blocks;

/// <summary>The live block.</summary>
internal sealed class BlockModule : LayerModule
{
    private readonly LayerModule[][] branches,
        order;
    private readonly JoinKind join;

    public BlockModule(BlockSpec spec, Shape input, WeightInitializer start)
    {
        join = spec.Join;
        var names = new LayerNames();
        branches = [.. spec.Branches(input).Select(branch => LayerStack.Build(branch, input, start with { IsOutput = false }, names))];
        order = [.. branches.Select(LayerStack.ExecutionOrder)];
    }

    public override IReadOnlyList<NamedTensor> Parameters =>
        [.. branches.SelectMany(branch => branch).SelectMany(module => module.Parameters)];

    public override IReadOnlyList<NamedTensor> Buffers => [.. branches.SelectMany(branch => branch).SelectMany(module => module.Buffers)];

    /// <summary>Gets the live layers within, in the order of the names.</summary>
    public IEnumerable<LayerModule> Inner => branches.SelectMany(branch => branch);

    /// <summary>Returns live layers, each block followed by those within it, as a network's plan has all layers.</summary>
    /// <param name="modules">The live layers of a network.</param>
    public static IEnumerable<LayerModule> All(IEnumerable<LayerModule> modules) =>
        modules.SelectMany(module => module is BlockModule block ? All(block.Inner).Prepend(module) : [module]);

    /// <summary>Gets a value indicating whether the branches are added, and the ReLU after the sum can be computed here.</summary>
    public bool IsSum => join == JoinKind.Add;

    public override bool MixesSamples => Inner.Any(module => module.MixesSamples);

    public override bool IsRandom => Inner.Any(module => module.IsRandom);

    public override bool MakesNewNumbers => true; // a sum or a concatenation

    public override bool SupportsBFloat16 => true; // each inner layer decides for itself

    public override void CopyChecksFrom(LayerModule other)
    {
        foreach ((LayerModule own, LayerModule known) in Inner.Zip(((BlockModule)other).Inner))
        {
            own.CopyChecksFrom(known);
        }
    }

    public override bool AddTo(DirectBuilder program)
    {
        Plane input = program.Here;
        var ends = new List<Plane>();
        foreach (LayerModule[] branch in order)
        {
            program.Here = input;
            if (!branch.All(module => module.AddTo(program)))
            {
                return false;
            }
            ends.Add(program.Here);
        }
        if (join == JoinKind.Concatenate)
        {
            program.Concatenate(ends);
            return true;
        }
        Plane sum = ends[0];
        foreach (Plane end in ends.Skip(1))
        {
            program.Sum(sum, end);
            sum = program.Here;
        }
        return true;
    }

    public override Tensor Forward(Tensor input, in ForwardContext context)
    {
        if (order.Length == 2 && IsSum && ConvChain.Takes(input) && ConvChain.AtEnd(order[0], context) is { } chain)
        {
            return Add(input, chain, context);
        }
        Tensor output = Join(input, context);
        return context.Rectifies ? output.relu() : output;
    }

    /// <summary>Adds the shortcut while the chain that the layers end with is computed.</summary>
    private Tensor Add(Tensor input, ConvChain chain, in ForwardContext context)
    {
        ForwardContext inner = context with { InPlace = false, Rectifies = false };
        Tensor before = LayerStack.Run(order[0].AsSpan(0, chain.Start), input, inner),
            shortcut = LayerStack.Run(order[1], input, inner);
        return chain.Run(before, context, shortcut, context.Rectifies);
    }

    private Tensor Join(Tensor input, in ForwardContext context)
    {
        var outputs = new Tensor[branches.Length];
        for (int i = 0; i < branches.Length; i++)
        {
            // A watcher sees the layers in their written order.
            outputs[i] = LayerStack.Run(context.Watch is null ? order[i] : branches[i], input, context with { InPlace = false });
        }
        if (join == JoinKind.Concatenate)
        {
            return cat(outputs, 1);
        }
        Tensor sum = outputs[0].Plus(outputs[1]);
        return outputs.Skip(2).Aggregate(sum, (total, output) => total.Plus(output));
    }
}
