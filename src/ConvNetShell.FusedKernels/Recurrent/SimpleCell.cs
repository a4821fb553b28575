using System.Runtime.Intrinsics;

namespace ConvNetShell.FusedKernels.Recurrent;

/// <summary>state = tanh(sum).</summary>
internal readonly struct SimpleCell : IRecurrentCell
{
    /// <inheritdoc />
    public static void Forward(in RecurrentStep step, in StepLanes lanes) =>
        lanes.Write(Sigmoids.Tanh(lanes.ReadGate(step.Added, 0) + lanes.ReadGate(step.Gates, 0)), step.State);

    /// <inheritdoc />
    public static void Backward(in RecurrentStep step, in RecurrentStepGradients gradients, in StepLanes lanes)
    {
        Vector512<float> state = lanes.Read(gradients.Output) + lanes.Read(gradients.State);
        lanes.WriteGate(state * Sigmoids.TanhSlope(lanes.Read(step.State)), gradients.Gates, 0);
        lanes.Write(Vector512<float>.Zero, gradients.State);
    }
}
