using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Numerics;
using ConvNetShell.FusedKernels.Direct.Planes;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Recurrent;

/// <summary>
/// One direction of a recurrent layer. One matrix product computes the contribution of the inputs to all steps; the steps then run in
/// order.
/// </summary>
internal sealed class RecurrentDirection
{
    private readonly RecurrentSpec spec;
    private readonly bool backwards;
    private readonly NamedTensor inputWeight,
        stateWeight,
        inputBias,
        stateBias;

    public RecurrentDirection(RecurrentSpec spec, Shape input, WeightInitializer start, bool backwards)
    {
        this.spec = spec;
        this.backwards = backwards;
        long rows = spec.Gates * spec.Units;
        double limit = 1 / Math.Sqrt(spec.Units);
        string suffix = backwards ? "_reverse" : string.Empty;
        WeightInitializer own = start.For(spec.Initializer);
        inputWeight = new NamedTensor("weight_ih" + suffix, own.Uniform([rows, input.Channels], limit));
        stateWeight = new NamedTensor("weight_hh" + suffix, own.Uniform([rows, spec.Units], limit));
        inputBias = new NamedTensor("bias_ih" + suffix, WeightInitializer.Constant(rows, 0));
        stateBias = new NamedTensor("bias_hh" + suffix, WeightInitializer.Constant(rows, 0));
    }

    public IReadOnlyList<NamedTensor> Parameters => [inputWeight, stateWeight, inputBias, stateBias];

    /// <summary>Gets its numbers of now.</summary>
    public RecurrentWeights Weights =>
        new(inputWeight.Value.ToFloats(), stateWeight.Value.ToFloats(), inputBias.Value.ToFloats(), stateBias.Value.ToFloats());

    /// <summary>Goes through a batch of N x features x time and returns the states in the order of time, time x N x units.</summary>
    public Tensor Run(Tensor input)
    {
        Tensor added = nn.functional.linear(input.permute(2, 0, 1), inputWeight.Value, inputBias.Value);
        return RecurrentFunction.Takes(added, stateWeight.Value)
            ? RecurrentFunction.Run(added, stateWeight.Value, stateBias.Value, spec.Cell, backwards)
            : StepByStep(added);
    }

    private Tensor StepByStep(Tensor added)
    {
        long steps = added.shape[0];
        Tensor weight = stateWeight.Value.t();
        Tensor state = zeros([added.shape[1], spec.Units], added.dtype, added.device),
            memory = state;
        var states = new Tensor[steps];
        for (long step = 0; step < steps; step++)
        {
            long at = backwards ? steps - 1 - step : step;
            Tensor fromState = addmm(stateBias.Value, state, weight, 1, 1);
            (state, memory) = Step(added[at], fromState, state, memory);
            states[at] = state;
        }
        return stack(states, 0);
    }

    private (Tensor State, Tensor Memory) Step(Tensor fromInput, Tensor fromState, Tensor state, Tensor memory)
    {
        switch (spec.Cell)
        {
            case RecurrentKind.RNN:
                return (fromInput.Plus(fromState).tanh(), memory);
            case RecurrentKind.GRU:
                Tensor[] given = fromInput.chunk(3, 1),
                    kept = fromState.chunk(3, 1);
                Tensor reset = given[0].Plus(kept[0]).sigmoid(),
                    update = given[1].Plus(kept[1]).sigmoid();
                Tensor fresh = given[2].Plus(reset * kept[2]).tanh();
                return (fresh.Plus(update * (state - fresh)), memory);
            default:
                Tensor[] gates = fromInput.Plus(fromState).chunk(4, 1); // input, forget, cell, output: libtorch's order
                Tensor cell = (gates[1].sigmoid() * memory).Plus(gates[0].sigmoid() * gates[2].tanh());
                return (gates[3].sigmoid() * cell.tanh(), cell);
        }
    }
}
