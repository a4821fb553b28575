using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Numerics;
using ConvNetShell.FusedKernels.Direct;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Recurrent;

/// <summary>The live recurrent layer.</summary>
internal sealed class RecurrentModule : LayerModule
{
    private readonly RecurrentDirection[] directions;
    private readonly RecurrentKind cell;
    private readonly bool sequence;

    public RecurrentModule(RecurrentSpec spec, Shape input, WeightInitializer start)
    {
        (cell, sequence) = (spec.Cell, spec.Sequence);
        directions = spec.Bidirectional
            ? [new RecurrentDirection(spec, input, start, backwards: false), new RecurrentDirection(spec, input, start, backwards: true)]
            : [new RecurrentDirection(spec, input, start, backwards: false)];
        Parameters = [.. directions.SelectMany(direction => direction.Parameters)];
    }

    public override IReadOnlyList<NamedTensor> Parameters { get; }

    public override bool AddTo(DirectBuilder program)
    {
        program.Recur(RecurrentFunction.KernelOf(cell), [.. directions.Select(direction => direction.Weights)], sequence);
        return true;
    }

    public override Tensor Forward(Tensor input, in ForwardContext context) => Run(input, sequence);

    /// <summary>Returns the states of all steps, also of a layer that hands on the last one: images x units x time.</summary>
    public Tensor States(Tensor input) => Run(input, all: true);

    private Tensor Run(Tensor input, bool all)
    {
        // The backward direction has seen everything at the first step.
        Tensor[] outputs =
        [
            .. directions.Select(
                (direction, number) =>
                {
                    Tensor states = direction.Run(input);
                    return all ? states.permute(1, 2, 0) : states[number == 0 ? -1 : 0];
                }
            ),
        ];
        return outputs.Length == 1 ? outputs[0] : cat(outputs, 1);
    }
}
