using System.Runtime.Intrinsics;

namespace ConvNetShell.FusedKernels.Recurrent;

/// <summary>new = tanh(sum of the inputs + reset x sum of the state); state = new + update x (state before - new).</summary>
internal readonly struct GruCell : IRecurrentCell
{
    private const int Reset = 0,
        Update = 1,
        New = 2;

    /// <inheritdoc />
    public static void Forward(in RecurrentStep step, in StepLanes lanes)
    {
        Vector512<float> reset = Sigmoids.Logistic(lanes.ReadGate(step.Added, Reset) + lanes.ReadGate(step.Gates, Reset)),
            update = Sigmoids.Logistic(lanes.ReadGate(step.Added, Update) + lanes.ReadGate(step.Gates, Update)),
            kept = lanes.ReadGate(step.Gates, New),
            fresh = Sigmoids.Tanh(lanes.ReadGate(step.Added, New) + reset * kept);
        lanes.WriteGate(reset, step.Gates, Reset);
        lanes.WriteGate(update, step.Gates, Update);
        lanes.WriteGate(fresh, step.Gates, New);
        lanes.Write(kept, step.Memory);
        lanes.Write(fresh + update * (lanes.Read(step.StateBefore) - fresh), step.State);
    }

    /// <inheritdoc />
    public static void Backward(in RecurrentStep step, in RecurrentStepGradients gradients, in StepLanes lanes)
    {
        Vector512<float> reset = lanes.ReadGate(step.Gates, Reset),
            update = lanes.ReadGate(step.Gates, Update),
            fresh = lanes.ReadGate(step.Gates, New),
            state = lanes.Read(gradients.Output) + lanes.Read(gradients.State),
            ofFresh = state * (Vector512<float>.One - update) * Sigmoids.TanhSlope(fresh),
            ofReset = ofFresh * lanes.Read(step.Memory) * Sigmoids.LogisticSlope(reset),
            ofUpdate = state * (lanes.Read(step.StateBefore) - fresh) * Sigmoids.LogisticSlope(update);
        lanes.WriteGate(ofReset, gradients.Added, Reset);
        lanes.WriteGate(ofUpdate, gradients.Added, Update);
        lanes.WriteGate(ofFresh, gradients.Added, New);
        lanes.WriteGate(ofReset, gradients.Gates, Reset);
        lanes.WriteGate(ofUpdate, gradients.Gates, Update);
        lanes.WriteGate(ofFresh * reset, gradients.Gates, New);
        lanes.Write(state * update, gradients.State);
    }
}
