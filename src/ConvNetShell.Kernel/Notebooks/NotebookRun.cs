using System.Diagnostics;
using System.Globalization;
using System.Management.Automation.Runspaces;
using ConvNetShell.Kernel.Engine;
using ConvNetShell.Kernel.Output;

namespace ConvNetShell.Kernel.Notebooks;

/// <summary>Runs the cells of a notebook from top to bottom, in a session of its own, up to the first that fails.</summary>
/// <param name="notebook">The notebook; its cells get the outputs.</param>
/// <param name="path">Its file: cells run in its folder.</param>
/// <param name="target">Where it is stored with its outputs; null for nowhere.</param>
/// <param name="isStatic">Whether charts become pictures.</param>
/// <param name="state">What its session begins with.</param>
internal sealed class NotebookRun(Notebook notebook, string path, string? target, bool isStatic, InitialSessionState state)
{
    /// <summary>A cell with this tag is not compared with its stored output.</summary>
    public const string IgnoreTag = "ignore-output";

    private CellSession? session;
    private volatile bool isStopped;

    /// <summary>Gets how much numbers may differ from the stored ones; null to compare nothing.</summary>
    public double? Tolerance { get; init; }

    private NotebookFailedException? Failure { get; set; }

    /// <summary>Runs the cells and stores the notebook, also where one failed.</summary>
    /// <param name="manifest">The module that the session imports; null for none.</param>
    public NotebookOutcome Finish(string? manifest)
    {
        var watch = Stopwatch.StartNew();
        IReadOnlyList<NotebookTest> tests = RunCells(manifest);
        Exception? problem = null;
        try
        {
            if (target is not null)
            {
                notebook.Write(target);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problem = error;
        }

        return new NotebookOutcome(path, target, tests, Failure, problem, watch.Elapsed);
    }

    /// <summary>Ends the run with the cell that runs.</summary>
    public void Stop()
    {
        isStopped = true;
        this.session?.Stop();
    }

    private IReadOnlyList<NotebookTest> RunCells(string? manifest)
    {
        NotebookCell[] cells = [.. notebook.Cells.Where(cell => cell.IsCode)];
        string[] stored = [.. cells.Select(cell => OutputComparison.Text(cell.Outputs))];
        Array.ForEach(cells, cell => cell.Clear());
        var tests = new List<NotebookTest>();
        using var output = new CellOutput(isLive: false);
        using var console = new ConsoleCapture(output);
        using var session = this.session = new CellSession(state, output);
        session.Prepare(manifest, Path.GetDirectoryName(path));
        bool isOver = false;
        for (int i = 0; i < cells.Length; i++)
        {
            if (isOver || isStopped)
            {
                tests.Add(new NotebookTest(path, cells[i].Number, NotebookTestStatus.NotRun, TimeSpan.Zero, string.Empty));
                continue;
            }

            var watch = Stopwatch.StartNew();
            CellOutcome outcome = Run(session, cells[i], i + 1);
            isOver = Failure is not null || outcome.ExitCode is not null; // exit ends the notebook, as it ends a script
            tests.Add(Judge(cells[i], stored[i], watch.Elapsed));
        }

        this.session = null;
        return tests;
    }

    private CellOutcome Run(CellSession session, NotebookCell cell, int count)
    {
        var sink = new NotebookSink(count, isStatic);
        CellOutcome outcome = session.Run(count, cell.Source, sink, input: null);
        if (outcome.Error is { } error)
        {
            sink.Fail(error.Name, error.Message, error.Traceback);
        }

        cell.Store(sink.Outputs, count);
        if (outcome.Error is { } failure && !cell.MayFail)
        {
            Failure = new NotebookFailedException(
                string.Create(CultureInfo.InvariantCulture, $"Cell {cell.Number} of {Path.GetFileName(path)} failed: ")
                    + AnsiText.Plain(string.Join('\n', failure.Traceback)),
                cell.Number
            );
        }

        return outcome;
    }

    private NotebookTest Judge(NotebookCell cell, string stored, TimeSpan elapsed)
    {
        if (Failure is not null)
        {
            return new NotebookTest(path, cell.Number, NotebookTestStatus.Failed, elapsed, Failure.Message);
        }

        string? difference =
            Tolerance is double tolerance && stored.Length > 0 && !cell.HasTag(IgnoreTag)
                ? OutputComparison.Difference(stored, OutputComparison.Text(cell.Outputs), tolerance)
                : null;
        NotebookTestStatus status = difference is null ? NotebookTestStatus.Passed : NotebookTestStatus.Changed;
        return new NotebookTest(path, cell.Number, status, elapsed, difference ?? string.Empty);
    }
}
