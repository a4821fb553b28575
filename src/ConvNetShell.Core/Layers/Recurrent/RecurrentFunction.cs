using System.Runtime.Intrinsics;
using ConvNetShell.Core.Numerics;
using ConvNetShell.FusedKernels.Recurrent;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Recurrent;

/// <summary>
/// All steps of one direction of a recurrent layer on the processor in float32, forward and backward. Of each step libtorch computes the
/// matrix product, one call; everything else is one pass.
/// </summary>
internal sealed class RecurrentFunction : autograd.SingleTensorFunction<RecurrentFunction>
{
    private const string Kernel = "kernel",
        Backwards = "backwards";

    /// <inheritdoc />
    public override string Name => nameof(RecurrentFunction);

    /// <summary>Returns whether the steps can be computed here.</summary>
    /// <param name="added">The sums of the inputs.</param>
    /// <param name="weight">The weights of the state.</param>
    public static bool Takes(Tensor added, Tensor weight) =>
        Vector256.IsHardwareAccelerated
        && added.device.type == TorchSharp.DeviceType.CPU
        && added.dtype == ScalarType.Float32
        && weight.dtype == ScalarType.Float32
        && added.numel() * added.element_size() <= int.MaxValue;

    /// <summary>Goes through the steps and returns the states, time x images x units.</summary>
    /// <param name="added">The sums of the inputs, time x images x sums of a step.</param>
    /// <param name="weight">The weights of the state, sums of a step x units.</param>
    /// <param name="bias">What is added to the sums of the state.</param>
    /// <param name="cell">The kind of step.</param>
    /// <param name="backwards">Whether the last step comes first.</param>
    public static Tensor Run(Tensor added, Tensor weight, Tensor bias, RecurrentKind cell, bool backwards) =>
        apply(added, weight, bias, KernelOf(cell), backwards);

    /// <inheritdoc />
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        using TorchSharp.DisposeScope scope = NewDisposeScope();
        Tensor weight = (Tensor)vars[1],
            added = ((Tensor)vars[0]).contiguous(),
            gates = ((Tensor)vars[2]).expand_as(added).clone();
        var kernel = (RecurrentKernel)vars[3];
        bool isBackwards = (bool)vars[4];
        (int steps, int images, int units) = ((int)added.shape[0], (int)added.shape[1], (int)weight.shape[1]);
        Tensor states = empty([steps, images, units]),
            start = zeros([images, units]),
            memory = kernel.HasMemory ? empty(states.shape) : start,
            turned = weight.t();
        var places = new StepPlaces(added, gates, memory, states, start, isBackwards);
        Tensor[] sums = gates.unbind(0),
            reached = states.unbind(0);
        for (int step = 0; step < steps; step++)
        {
            sums[places.At(step)].addmm_(step == 0 ? start : reached[places.At(step - 1)], turned);
            kernel.Forward(places[step], images, units);
        }
        Tensor[] saved = kernel.HasMemory ? [gates, states.detach(), memory] : [gates, states.detach()];
        // TorchSharp takes them over after this function: their handles have to outlive it
        ctx.save_for_backward([weight, .. saved.Select(tensor => tensor.MoveToOuterDisposeScope())]);
        ctx.save_data(Kernel, kernel);
        ctx.save_data(Backwards, isBackwards);
        return states.MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) =>
        OwnGradients.Of(
            arguments: 5,
            () =>
            {
                using TorchSharp.DisposeScope scope = NewDisposeScope();
                using Tensor given = grad_output;
                Tensor[] all = Gradients(
                    given.contiguous(),
                    ctx.get_saved_variables(),
                    (RecurrentKernel)ctx.get_data(Kernel),
                    (bool)ctx.get_data(Backwards)
                );
                return [.. all.Select(gradient => gradient.DetachFromDisposeScope())];
            }
        );

    private static Tensor[] Gradients(Tensor given, List<Tensor> saved, RecurrentKernel kernel, bool isBackwards)
    {
        (Tensor weight, Tensor gates, Tensor states, Tensor memory) = (saved[0], saved[1], saved[2], saved[^1]); // no memory: not read
        (int steps, int images, int units) = ((int)states.shape[0], (int)states.shape[1], (int)states.shape[2]);
        Tensor sums = empty_like(gates),
            added = kernel.SplitsGradients ? empty_like(gates) : sums,
            state = zeros([images, units]),
            kept = zeros([images, units]),
            start = zeros([images, units]);
        var places = new StepPlaces(added, gates, memory, states, start, isBackwards);
        (StepAddresses outputs, StepAddresses toSums, StepAddresses toAdded) = (new(given, steps), new(sums, steps), new(added, steps));
        (StepAddresses toState, StepAddresses toMemory) = (new(state, 1), new(kept, 1));
        Tensor[] ofSums = sums.unbind(0);
        for (int step = steps - 1; step >= 0; step--)
        {
            int at = places.At(step);
            kernel.Backward(
                places[step],
                new RecurrentStepGradients(outputs[at], toState[0], toMemory[0], toSums[at], toAdded[at]),
                images,
                units
            );
            state.addmm_(ofSums[at], weight);
        }
        // the state before each step but the first, whose is zero
        (int early, int late) = isBackwards ? (1, 0) : (0, 1);
        Tensor before = states.narrow(0, early, steps - 1).reshape(-1, units),
            after = sums.narrow(0, late, steps - 1).reshape(-1, sums.shape[2]);
        return [added, after.t().mm(before), sums.sum([0, 1])];
    }

    /// <summary>Returns what computes a step.</summary>
    /// <param name="cell">The kind of step.</param>
    public static RecurrentKernel KernelOf(RecurrentKind cell) =>
        cell switch
        {
            RecurrentKind.RNN => RecurrentKernel.Simple,
            RecurrentKind.GRU => RecurrentKernel.Gru,
            _ => RecurrentKernel.Lstm,
        };
}
