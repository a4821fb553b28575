namespace ConvNetShell.Core.Sweeps.Search;

/// <summary>The parameters of a trial and what came of them.</summary>
/// <param name="Parameters">The parameters.</param>
/// <param name="Loss">The objective, the lower the better; infinite for a trial that failed.</param>
internal sealed record Observation(TrialParameters Parameters, double Loss);
