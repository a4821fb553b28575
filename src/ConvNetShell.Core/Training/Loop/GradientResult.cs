namespace ConvNetShell.Core.Training.Loop;

/// <summary>The result of a batch's pass through the network.</summary>
/// <param name="Loss">Its mean loss (on a GPU 0, so as not to wait).</param>
/// <param name="Fault">Where a loss that is no number comes from; no gradients were added then.</param>
/// <param name="Data">The time it took to make the batch, in ticks of <see cref="System.Diagnostics.Stopwatch"/>.</param>
/// <param name="Forward">The time from there to the loss.</param>
/// <param name="Backward">The time from there to the gradients.</param>
internal readonly record struct GradientResult(double Loss, string Fault, long Data, long Forward, long Backward);
