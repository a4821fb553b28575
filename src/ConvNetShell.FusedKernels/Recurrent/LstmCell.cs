using System.Runtime.Intrinsics;

namespace ConvNetShell.FusedKernels.Recurrent;

/// <summary>memory = forget x memory + input x cell; state = output x tanh(memory).</summary>
internal readonly struct LstmCell : IRecurrentCell
{
    private const int Input = 0,
        Forget = 1,
        Cell = 2,
        Output = 3;

    /// <inheritdoc />
    public static void Forward(in RecurrentStep step, in StepLanes lanes)
    {
        Vector512<float> input = Sigmoids.Logistic(Sum(step, lanes, Input)),
            forget = Sigmoids.Logistic(Sum(step, lanes, Forget)),
            cell = Sigmoids.Tanh(Sum(step, lanes, Cell)),
            output = Sigmoids.Logistic(Sum(step, lanes, Output)),
            memory = forget * lanes.Read(step.MemoryBefore) + input * cell;
        lanes.WriteGate(input, step.Gates, Input);
        lanes.WriteGate(forget, step.Gates, Forget);
        lanes.WriteGate(cell, step.Gates, Cell);
        lanes.WriteGate(output, step.Gates, Output);
        lanes.Write(memory, step.Memory);
        lanes.Write(output * Sigmoids.Tanh(memory), step.State);
    }

    /// <inheritdoc />
    public static void Backward(in RecurrentStep step, in RecurrentStepGradients gradients, in StepLanes lanes)
    {
        Vector512<float> input = lanes.ReadGate(step.Gates, Input),
            forget = lanes.ReadGate(step.Gates, Forget),
            cell = lanes.ReadGate(step.Gates, Cell),
            output = lanes.ReadGate(step.Gates, Output),
            tanh = Sigmoids.Tanh(lanes.Read(step.Memory)),
            state = lanes.Read(gradients.Output) + lanes.Read(gradients.State),
            memory = lanes.Read(gradients.Memory) + state * output * Sigmoids.TanhSlope(tanh);
        lanes.WriteGate(memory * cell * Sigmoids.LogisticSlope(input), gradients.Gates, Input);
        lanes.WriteGate(memory * lanes.Read(step.MemoryBefore) * Sigmoids.LogisticSlope(forget), gradients.Gates, Forget);
        lanes.WriteGate(memory * input * Sigmoids.TanhSlope(cell), gradients.Gates, Cell);
        lanes.WriteGate(state * tanh * Sigmoids.LogisticSlope(output), gradients.Gates, Output);
        lanes.Write(memory * forget, gradients.Memory);
        lanes.Write(Vector512<float>.Zero, gradients.State);
    }

    private static Vector512<float> Sum(in RecurrentStep step, in StepLanes lanes, int gate) =>
        lanes.ReadGate(step.Added, gate) + lanes.ReadGate(step.Gates, gate);
}
