namespace ConvNetShell.Core.Training.Settings;

/// <summary>How the losses of a batch become the one whose gradient is followed.</summary>
public enum LossReduction
{
    /// <summary>Their mean: the learning rate is one for a batch, whatever its size.</summary>
    Mean,

    /// <summary>
    /// Their sum: the learning rate is one for an image, and steps grow with the batch. The loss that is shown is the mean.
    /// </summary>
    Sum,
}
