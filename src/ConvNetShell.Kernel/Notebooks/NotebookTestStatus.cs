namespace ConvNetShell.Kernel.Notebooks;

/// <summary>How the test of a cell ended.</summary>
public enum NotebookTestStatus
{
    /// <summary>The cell ran, and its output is as stored where that was compared.</summary>
    Passed,

    /// <summary>The cell ended with an error.</summary>
    Failed,

    /// <summary>The cell ran, but its output differs from the stored one.</summary>
    Changed,

    /// <summary>The cell was not run, because an earlier one failed or ended the notebook.</summary>
    NotRun,
}
