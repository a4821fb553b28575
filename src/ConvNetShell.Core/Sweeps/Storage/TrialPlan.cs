using ConvNetShell.Core.Sweeps.Search;

namespace ConvNetShell.Core.Sweeps.Storage;

/// <summary>A trial as trials.jsonl has it.</summary>
/// <param name="Number">The number, from 1.</param>
/// <param name="Id">The hash of the parameters and the repetition.</param>
/// <param name="Set">The parameter set, from 1.</param>
/// <param name="Repetition">The repetition, from 0.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Parameters">The parameters.</param>
internal sealed record TrialPlan(int Number, string Id, int Set, int Repetition, int Seed, TrialParameters Parameters);
