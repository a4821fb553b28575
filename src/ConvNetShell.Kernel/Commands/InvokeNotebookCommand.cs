using System.Collections;
using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using ConvNetShell.Display.Text;
using ConvNetShell.Kernel.Engine;
using ConvNetShell.Kernel.Notebooks;
using ConvNetShell.Kernel.Output;

namespace ConvNetShell.Kernel.Commands;

/// <summary>
/// Runs a notebook from top to bottom, without Python, in a session of its own and in the notebook's folder. The first
/// cell that fails ends it with an error that names the cell, so a script or a CI job ends with a code that is not 0.
/// </summary>
/// <example><code>Invoke-Notebook lecture.ipynb</code></example>
/// <example>
/// <code>Invoke-Notebook first-network.ipynb -Parameter @{ Epochs = 1 } -OutputPath out.ipynb</code>
/// As papermill does: the values are set in a cell behind the one with the tag "parameters", and all outputs are stored.
/// </example>
/// <example><code>Invoke-Notebook lecture.ipynb -OutputPath lecture.ipynb -Static</code>Ready to be committed: with outputs, charts as
/// pictures.</example>
[Cmdlet(VerbsLifecycle.Invoke, "Notebook", SupportsShouldProcess = true, HelpUri = ProjectLinks.Help + "Invoke-Notebook")]
[OutputType(typeof(NotebookResult))]
public sealed class InvokeNotebookCommand : KernelCommandBase
{
    private CellSession? session;
    private volatile bool isStopped;

    /// <summary>Gets or sets the notebook (.ipynb).</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = null!;

    /// <summary>Gets or sets values for the notebook: numbers, texts, truth values, and lists and tables of these.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? Parameter { get; set; }

    /// <summary>
    /// Gets or sets where the notebook is stored with its outputs, also when a cell fails. It may be the notebook itself. Default: nowhere.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? OutputPath { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether charts are stored as pictures, without the script that makes them interactive: small files,
    /// which GitHub shows.
    /// </summary>
    [Parameter]
    public SwitchParameter Static { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        string path = FullPath(Path);
        string? target = OutputPath is null ? null : FullPath(OutputPath);
        try
        {
            var notebook = Notebook.Read(path);
            if (Parameter is { Count: > 0 })
            {
                WarnOfUnknown(notebook, Parameter, path);
                notebook.Inject(PowerShellLiteral.Assignments(Parameter));
            }

            if (ShouldProcess(path, "Run the notebook"))
            {
                Run(notebook, path, target);
            }
        }
        catch (NotebookFailedException error)
        {
            // As throw does: it ends the script around it too, not this statement alone, so that pwsh -File ends with a code that is not 0.
            throw new RuntimeException(
                error.Message,
                error,
                new ErrorRecord(error, "Notebook.CellFailed", ErrorCategory.InvalidResult, path)
            )
            {
                WasThrownFromThrowStatement = true,
            };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Fail(error, "Notebook.NotRead", ErrorCategory.ReadError, path);
        }
        catch (ArgumentException error)
        {
            Fail(error, "Notebook.BadParameter", ErrorCategory.InvalidArgument, Parameter);
        }
    }

    /// <inheritdoc />
    protected override void StopProcessing()
    {
        isStopped = true;
        this.session?.Stop();
    }

    private void Run(Notebook notebook, string path, string? target)
    {
        var watch = Stopwatch.StartNew();
        NotebookCell[] cells = [.. notebook.Cells.Where(cell => cell.IsCode)];
        foreach (NotebookCell cell in cells)
        {
            cell.Clear();
        }

        int count = 0;
        try
        {
            using var output = new CellOutput(isLive: false);
            using var console = new ConsoleCapture(output);
            using var session = this.session = new CellSession(Runspace.DefaultRunspace.InitialSessionState.Clone(), output);
            session.Prepare(Manifest, System.IO.Path.GetDirectoryName(path));
            foreach (NotebookCell cell in cells.TakeWhile(_ => !isStopped))
            {
                if (RunCell(session, cell, ++count, path).ExitCode is not null)
                {
                    break; // exit ends the notebook, as it ends a script
                }
            }
        }
        catch (NotebookFailedException)
        {
            Store(notebook, target, error => WriteWarning(Unwritten(target, error)));
            throw;
        }
        finally
        {
            this.session = null;
        }
        Store(
            notebook,
            target,
            error => Fail(new IOException(Unwritten(target, error), error), "Notebook.NotWritten", ErrorCategory.WriteError, target)
        );
        WriteObject(new NotebookResult(path, target, count, watch.Elapsed));
    }

    private static string Unwritten(string? target, Exception error) =>
        $"{target}: expected a file that can be written. Received: {error.Message}";

    private static void Store(Notebook notebook, string? target, Action<Exception> fail)
    {
        if (target is null)
        {
            return;
        }
        try
        {
            notebook.Write(target);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            fail(error);
        }
    }

    private CellOutcome RunCell(CellSession session, NotebookCell cell, int count, string path)
    {
        var sink = new NotebookSink(count, Static);
        CellOutcome outcome = session.Run(count, cell.Source, sink, input: null);
        if (outcome.Error is { } error)
        {
            sink.Fail(error);
        }

        cell.Store(sink.Outputs, count);
        if (outcome.Error is { } failure && !cell.MayFail)
        {
            throw new NotebookFailedException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Cell {cell.Number} of {System.IO.Path.GetFileName(path)} failed: {AnsiText.Plain(string.Join('\n', failure.Traceback))}"
                ),
                cell.Number
            );
        }
        return outcome;
    }

    /// <summary>Warns of values that the notebook does not ask for: most are misspelt.</summary>
    private void WarnOfUnknown(Notebook notebook, IDictionary parameters, string path)
    {
        string file = System.IO.Path.GetFileName(path);
        if (notebook.ParameterNames is not { } known)
        {
            WriteWarning($"{file} has no cell with the tag \"parameters\". The values are set before its first cell.");
            return;
        }
        string[] unknown =
        [
            .. parameters
                .Keys.Cast<object>()
                .Select(key => Convert.ToString(key, CultureInfo.InvariantCulture)!)
                .Except(known, StringComparer.OrdinalIgnoreCase),
        ];
        if (unknown.Length > 0)
        {
            WriteWarning($"{file} does not set {string.Join(", ", unknown)} in its parameters cell, which has {string.Join(", ", known)}.");
        }
    }
}
