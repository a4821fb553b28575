using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using ConvNetShell.Display.Text;
using ConvNetShell.Kernel.Notebooks;

namespace ConvNetShell.Kernel.Commands;

/// <summary>
/// Runs a notebook from top to bottom, without Python, in a session of its own and in the notebook's folder. The first
/// cell that fails ends it with an error that names the cell, so a script or a CI job ends with a code that is not 0.
/// </summary>
/// <example>
/// <code>Invoke-Notebook lecture.ipynb</code>
/// Runs all cells and returns a record of the notebook; an error names the cell that failed.
/// </example>
/// <example>
/// <code>Invoke-Notebook first-network.ipynb -Parameter @{ Epochs = 1 } -OutputPath out.ipynb</code>
/// As papermill does: the values are set in a cell behind the one with the tag "parameters", and all outputs are stored.
/// </example>
/// <example>
/// <code>Invoke-Notebook notebooks/*.ipynb -AsTest -Tolerance 0.1 -JUnitPath notebooks.xml</code>
/// As a test in CI: a result a cell, whose numbers are within 10 % of the stored ones.
/// </example>
/// <example>
/// <code>Get-ChildItem *.ipynb | Invoke-Notebook -AsTest -ThrottleLimit 2</code>
/// Two notebooks at a time.
/// </example>
/// <example><code>Invoke-Notebook lecture.ipynb -OutputPath lecture.ipynb -Static</code>Ready to be committed: with outputs, charts as
/// pictures.</example>
[Cmdlet(
    VerbsLifecycle.Invoke,
    "Notebook",
    DefaultParameterSetName = RunSet,
    SupportsShouldProcess = true,
    HelpUri = ProjectLinks.Help + "Invoke-Notebook"
)]
[OutputType(typeof(NotebookResult), ParameterSetName = [RunSet])]
[OutputType(typeof(NotebookTest), ParameterSetName = [TestSet])]
public sealed class InvokeNotebookCommand : KernelCommandBase
{
    private const string CellFailed = "Notebook.CellFailed",
        RunSet = "Run",
        TestSet = "Test";
    private readonly List<NotebookTest> tests = [];
    private readonly List<NotebookRun> runs = [];
    private NotebookBatch? batch;

    /// <summary>Gets or sets the notebooks (.ipynb); wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = null!;

    /// <summary>Gets or sets values for the notebook: numbers, texts, truth values, and lists and tables of these. Default: none.</summary>
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

    /// <summary>
    /// Gets or sets a value indicating whether each cell of code is a test: its result is written, and a cell that fails ends its notebook,
    /// not the cmdlet.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = TestSet)]
    public SwitchParameter AsTest { get; set; }

    /// <summary>
    /// Gets or sets how much the numbers in a cell's output may differ from the stored ones, relative to the larger; words must be equal.
    /// Only texts are compared, of cells with stored outputs and without the tag "ignore-output". Default: nothing is compared.
    /// </summary>
    [Parameter(ParameterSetName = TestSet)]
    [ValidateRange(0.0, 1.0)]
    public double? Tolerance { get; set; }

    /// <summary>Gets or sets a file for the results as JUnit's XML, which CI systems read. Default: none. Default: none.</summary>
    [Parameter(ParameterSetName = TestSet)]
    [ValidateNotNullOrEmpty]
    public string? JUnitPath { get; set; }

    /// <summary>
    /// Gets or sets how many notebooks run at once, each in a session of its own. They share the cores and the memory. Default: 1.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 1;

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        foreach (string file in Path.SelectMany(Files))
        {
            Prepare(file);
        }

        if (runs.Count > 1 && OutputPath is not null)
        {
            Fail(
                new ArgumentException($"-OutputPath takes the outputs of one notebook. Received: {runs.Count} notebooks."),
                "Notebook.BadParameter",
                ErrorCategory.InvalidArgument,
                OutputPath
            );
        }
    }

    /// <inheritdoc />
    protected override void EndProcessing()
    {
        this.batch = new NotebookBatch(runs, ThrottleLimit);
        foreach (NotebookOutcome outcome in this.batch.Start(Manifest))
        {
            Report(outcome);
        }

        if (JUnitPath is null)
        {
            return;
        }

        string report = FullPath(JUnitPath);
        try
        {
            JUnitReport.Write(report, tests);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Fail(new IOException(Unwritten(report, error), error), "Notebook.NotWritten", ErrorCategory.WriteError, report);
        }
    }

    /// <inheritdoc />
    protected override void StopProcessing() => this.batch?.Stop();

    // What exists under the very name is meant, whatever signs it has.
    private IEnumerable<string> Files(string path)
    {
        string literal = FullPath(path);
        return !File.Exists(literal) && WildcardPattern.ContainsWildcardCharacters(path)
            ? GetResolvedProviderPathFromPSPath(path, out _).DefaultIfEmpty(literal)
            : [literal];
    }

    private void Prepare(string path)
    {
        string? target = OutputPath is null ? null : FullPath(OutputPath);
        try
        {
            var notebook = Notebook.Read(path);
            if (Parameter is { Count: > 0 })
            {
                if (notebook.UnknownParameters(Parameter.Keys) is { } unknown)
                {
                    WriteWarning($"{System.IO.Path.GetFileName(path)} {unknown}");
                }

                notebook.Inject(PowerShellLiteral.Assignments(Parameter));
            }

            if (ShouldProcess(path, "Run the notebook"))
            {
                InitialSessionState state = Runspace.DefaultRunspace.InitialSessionState.Clone();
                runs.Add(new NotebookRun(notebook, path, target, Static, state) { Tolerance = Tolerance });
            }
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

    private void Report(NotebookOutcome outcome)
    {
        if (outcome is { StoreError: { } problem, Failure: null })
        {
            string text = Unwritten(outcome.Target, problem);
            Fail(new IOException(text, problem), "Notebook.NotWritten", ErrorCategory.WriteError, outcome.Target);
        }
        else if (outcome.StoreError is { } also)
        {
            WriteWarning(Unwritten(outcome.Target, also));
        }

        if (AsTest)
        {
            tests.AddRange(outcome.Tests);
            WriteObject(outcome.Tests, enumerateCollection: true);
            ReportTests(outcome);
        }
        else if (outcome.Failure is { } failure)
        {
            this.batch!.Stop();
            // As throw does: it ends the script around it too, not this statement alone, so that pwsh -File ends with a code that is not 0.
            throw new RuntimeException(
                failure.Message,
                failure,
                new ErrorRecord(failure, CellFailed, ErrorCategory.InvalidResult, outcome.Path)
            )
            {
                WasThrownFromThrowStatement = true,
            };
        }
        else
        {
            int count = outcome.Tests.Count(cell => cell.Status != NotebookTestStatus.NotRun);
            WriteObject(new NotebookResult(outcome.Path, outcome.Target, count, outcome.Elapsed));
        }
    }

    private void ReportTests(NotebookOutcome outcome)
    {
        NotebookTest[] bad = [.. outcome.Tests.Where(cell => cell.Status is NotebookTestStatus.Failed or NotebookTestStatus.Changed)];
        if (bad is [var first, ..])
        {
            string text = string.Create(
                CultureInfo.InvariantCulture,
                $"{System.IO.Path.GetFileName(outcome.Path)}: {bad.Length} of {outcome.Tests.Count} cells are not as expected, first cell "
                    + $"{first.Cell}: {first.Message}"
            );
            WriteError(
                new ErrorRecord(new NotebookFailedException(text, first.Cell), CellFailed, ErrorCategory.InvalidResult, outcome.Path)
            );
        }
    }

    private static string Unwritten(string? file, Exception error) =>
        $"{file}: expected a file that can be written. Received: {error.Message}";
}
