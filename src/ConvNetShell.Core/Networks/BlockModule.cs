using ConvNetShell.Core.Layers;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Networks;

/// <summary>The live block.</summary>
internal sealed class BlockModule : LayerModule
{
    private readonly LayerModule[][] branches;
    private readonly JoinKind join;

    public BlockModule(BlockSpec spec, Shape input, WeightStart start)
    {
        join = spec.Join;
        var names = new LayerNames();
        branches = [.. spec.Branches(input).Select(branch => LayerStack.Build(branch, input, start with { IsOutput = false }, names))];
    }

    public override IReadOnlyList<NamedTensor> Parameters => [.. branches.SelectMany(branch => branch).SelectMany(module => module.Parameters)];

    public override IReadOnlyList<NamedTensor> Buffers => [.. branches.SelectMany(branch => branch).SelectMany(module => module.Buffers)];

    /// <summary>Gets the live layers within, in the order of the names.</summary>
    public IEnumerable<LayerModule> Inner => branches.SelectMany(branch => branch);

    public override Tensor Forward(Tensor input, in ForwardContext context)
    {
        var outputs = new Tensor[branches.Length];
        for (int i = 0; i < branches.Length; i++)
        {
            outputs[i] = LayerStack.Run(branches[i], input, context);
        }
        if (join == JoinKind.Concatenate)
        {
            return cat(outputs, 1);
        }
        Tensor sum = outputs[0] + outputs[1];
        return outputs.Skip(2).Aggregate(sum, (total, output) => total + output);
    }
}
