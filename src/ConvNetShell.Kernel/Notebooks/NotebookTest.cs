namespace ConvNetShell.Kernel.Notebooks;

/// <summary>The test of a cell of a notebook.</summary>
/// <param name="Notebook">The file.</param>
/// <param name="Cell">The cell's number in the notebook, from 1.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Elapsed">How long the cell took.</param>
/// <param name="Message">The error, or what differs; empty where it passed.</param>
public sealed record NotebookTest(string Notebook, int Cell, NotebookTestStatus Status, TimeSpan Elapsed, string Message);
