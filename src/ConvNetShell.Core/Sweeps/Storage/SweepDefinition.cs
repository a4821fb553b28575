using ConvNetShell.Core.Sweeps.Search;

namespace ConvNetShell.Core.Sweeps.Storage;

/// <summary>What a sweep is to do, as its file sweep.json has it.</summary>
public sealed record SweepDefinition
{
    /// <summary>The version of this form.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Gets the version of this form.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>Gets when the sweep was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Gets how parameters are chosen.</summary>
    public required SweepMethod Method { get; init; }

    /// <summary>Gets the parameters with the values to try, in order.</summary>
    public required IReadOnlyList<KeyValuePair<string, SearchDimension>> Parameters { get; init; }

    /// <summary>Gets the number of parameter sets; of a grid, all.</summary>
    public required int Trials { get; init; }

    /// <summary>Gets the trials of each parameter set, with different seeds.</summary>
    public int Repeat { get; init; } = 1;

    /// <summary>Gets the name of the objective.</summary>
    public required string Objective { get; init; }

    /// <summary>Gets the seed of the choice and of the first repetition.</summary>
    public int Seed { get; init; }

    /// <summary>Gets the threads of a trial.</summary>
    public required int Threads { get; init; }

    /// <summary>Gets the failed trials with which the sweep ends; <see langword="null"/> is no limit.</summary>
    public int? MaxFailures { get; init; }

    /// <summary>Gets how trials are ended early.</summary>
    public PrunerKind Pruner { get; init; }

    /// <summary>Gets the epochs of the first rung, or those before the median rule.</summary>
    public int MinEpochs { get; init; } = 1;

    /// <summary>Gets the epochs of a whole trial, for the rungs.</summary>
    public int MaxEpochs { get; init; }

    /// <summary>Gets how many times fewer trials reach the next rung.</summary>
    public int ReductionFactor { get; init; } = 3;

    /// <summary>Gets the script of a trial; <see langword="null"/> where the network of the sweep is trained.</summary>
    public string? Script { get; init; }

    /// <summary>Says the method and the parameters.</summary>
    /// <returns>For example <c>Grid over LearningRate: 0.01, 0.02</c>.</returns>
    public override string ToString() => $"{Method} over {string.Join("; ", Parameters.Select(item => $"{item.Key}: {item.Value}"))}";

    /// <summary>Returns the search space.</summary>
    /// <returns>The space.</returns>
    public SearchSpace Space() => new(Parameters);
}
