namespace ConvNetShell.FusedKernels.Recurrent;

/// <summary>The arithmetic of a step for up to as many units of an image as a vector has lanes.</summary>
internal interface IRecurrentCell
{
    /// <summary>Computes gates, memory and state.</summary>
    /// <param name="step">Where the numbers lie.</param>
    /// <param name="lanes">Which of them.</param>
    static abstract void Forward(in RecurrentStep step, in StepLanes lanes);

    /// <summary>Computes the gradients.</summary>
    /// <param name="step">Where the numbers lie.</param>
    /// <param name="gradients">Where the gradients lie.</param>
    /// <param name="lanes">Which of them.</param>
    static abstract void Backward(in RecurrentStep step, in RecurrentStepGradients gradients, in StepLanes lanes);
}
