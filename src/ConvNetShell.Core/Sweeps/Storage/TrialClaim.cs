using ConvNetShell.Core.Training.Storage;

namespace ConvNetShell.Core.Sweeps.Storage;

/// <summary>The content of a claim: which process is at a trial, and since when.</summary>
/// <param name="Process">The process.</param>
/// <param name="Started">When it began.</param>
/// <param name="Epochs">The epochs that the trial's run had by then.</param>
internal sealed record TrialClaim(ProcessIdentity Process, DateTimeOffset Started, int Epochs = 0);
