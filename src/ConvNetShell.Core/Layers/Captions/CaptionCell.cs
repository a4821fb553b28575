using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Numerics;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Captions;

/// <summary>
/// The LSTM of the decoder. The part of the gates that comes from the inputs is one product for all words; the states follow in order.
/// </summary>
internal sealed class CaptionCell
{
    private readonly NamedTensor inputWeight,
        stateWeight,
        inputBias,
        stateBias;

    /// <param name="units">The size of the state and of an input.</param>
    /// <param name="start">How the weights start.</param>
    public CaptionCell(int units, WeightInitializer start)
    {
        double limit = 1 / Math.Sqrt(units);
        inputWeight = new NamedTensor("weight_ih", start.Uniform([4L * units, units], limit));
        stateWeight = new NamedTensor("weight_hh", start.Uniform([4L * units, units], limit));
        inputBias = new NamedTensor("bias_ih", WeightInitializer.Constant(4L * units, 0));
        stateBias = new NamedTensor("bias_hh", WeightInitializer.Constant(4L * units, 0));
    }

    /// <summary>Gets the weights.</summary>
    public IReadOnlyList<NamedTensor> Parameters => [inputWeight, stateWeight, inputBias, stateBias];

    /// <summary>Takes the first input, from states of 0.</summary>
    /// <param name="input">Captions x units.</param>
    public CaptionState Begin(Tensor input) => Step(FromInput(input), null);

    /// <summary>Takes one input.</summary>
    /// <param name="input">Captions x units.</param>
    /// <param name="before">Where the captions stand.</param>
    public CaptionState Next(Tensor input, CaptionState before) => Step(FromInput(input), before);

    /// <summary>Takes all words and returns the state after each.</summary>
    /// <param name="inputs">Captions x words x units.</param>
    /// <param name="state">Where the captions stand.</param>
    /// <returns>Captions x words x units.</returns>
    public Tensor Run(Tensor inputs, CaptionState state)
    {
        Tensor[] words = FromInput(inputs).unbind(1);
        var states = new Tensor[words.Length];
        for (int i = 0; i < words.Length; i++)
        {
            state = Step(words[i], state);
            states[i] = state.State;
        }
        return stack(states, 1);
    }

    private Tensor FromInput(Tensor input) => nn.functional.linear(input, inputWeight.Value, inputBias.Value.Plus(stateBias.Value));

    private CaptionState Step(Tensor fromInput, CaptionState? before)
    {
        Tensor sums = before is { } given ? addmm(fromInput, given.State, stateWeight.Value.t(), 1, 1) : fromInput;
        Tensor[] gates = sums.chunk(4, 1); // input, forget, cell, output: libtorch's order
        Tensor added = gates[0].sigmoid() * gates[2].tanh();
        Tensor memory = before is { } kept ? added.Plus(gates[1].sigmoid() * kept.Memory) : added;
        return new CaptionState(gates[3].sigmoid() * memory.tanh(), memory);
    }
}
