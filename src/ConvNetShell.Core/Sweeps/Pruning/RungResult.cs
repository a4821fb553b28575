namespace ConvNetShell.Core.Sweeps.Pruning;

/// <summary>A trial that has reached a rung.</summary>
/// <param name="Trial">The trial's number.</param>
/// <param name="Rung">The rung, from 0.</param>
/// <param name="Loss">The loss there.</param>
internal sealed record RungResult(int Trial, int Rung, double Loss);
