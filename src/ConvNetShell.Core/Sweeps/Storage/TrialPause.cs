namespace ConvNetShell.Core.Sweeps.Storage;

/// <summary>A trial that waits at a rung.</summary>
/// <param name="Rung">The rung, from 0.</param>
/// <param name="Objective">The objective there.</param>
/// <param name="Seconds">The time of the trial so far, in seconds.</param>
internal sealed record TrialPause(int Rung, double Objective, double Seconds);
