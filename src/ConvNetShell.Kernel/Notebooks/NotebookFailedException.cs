namespace ConvNetShell.Kernel.Notebooks;

/// <summary>A cell of a notebook failed.</summary>
public sealed class NotebookFailedException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="message">What went wrong in which cell.</param>
    /// <param name="cell">The cell's number in the notebook, from 1.</param>
    public NotebookFailedException(string message, int cell)
        : base(message) => Cell = cell;

    /// <summary>Gets the cell's number in the notebook, from 1.</summary>
    public int Cell { get; }
}
