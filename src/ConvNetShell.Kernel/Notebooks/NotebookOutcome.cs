namespace ConvNetShell.Kernel.Notebooks;

/// <summary>What came of a notebook.</summary>
/// <param name="Path">The file.</param>
/// <param name="Target">Where it was to be stored; null for nowhere.</param>
/// <param name="Tests">How each cell of code ended.</param>
/// <param name="Failure">The error of the cell that ended it; null for none.</param>
/// <param name="StoreError">Why it could not be stored; null where it was.</param>
/// <param name="Elapsed">How long it took.</param>
internal sealed record NotebookOutcome(
    string Path,
    string? Target,
    IReadOnlyList<NotebookTest> Tests,
    NotebookFailedException? Failure,
    Exception? StoreError,
    TimeSpan Elapsed
);
