namespace ConvNetShell.Kernel.Notebooks;

/// <summary>A notebook that was run.</summary>
/// <param name="Notebook">The file.</param>
/// <param name="OutputPath">Where it was stored with its outputs; null where it was not.</param>
/// <param name="Cells">How many cells were run.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record NotebookResult(string Notebook, string? OutputPath, int Cells, TimeSpan Elapsed);
