namespace ConvNetShell.Core.Sweeps.Storage;

/// <summary>The end of a trial as result.json has it.</summary>
/// <param name="Status">Completed, Pruned or Failed.</param>
/// <param name="Objective">The objective; not a number where there is none.</param>
/// <param name="Error">The error of a failed trial, or <see langword="null"/>.</param>
/// <param name="Seconds">The time of the attempts that have ended, in seconds.</param>
/// <param name="Attempt">The attempt that ended it, from 1.</param>
internal sealed record TrialResult(TrialStatus Status, double Objective, string? Error, double Seconds, int Attempt);
