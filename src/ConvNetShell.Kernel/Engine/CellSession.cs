using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using ConvNetShell.Kernel.Breakpoints;
using ConvNetShell.Kernel.Output;
using ConvNetShell.Kernel.Widgets;

namespace ConvNetShell.Kernel.Engine;

/// <summary>
/// The runspace of a notebook. Cells run on the thread that made it; only <see cref="Stop"/> may be called from another.
/// </summary>
internal sealed class CellSession : IBlockRunner, IDisposable
{
    private const string StartScript = """
        param($module, $folder, $display)
        $global:ErrorActionPreference = 'Stop'
        Set-Variable -Name ConvNetDisplay -Value $display -Scope Global -Option ReadOnly -Description 'Shows objects in notebooks.' -Force
        function global:Clear-Host { $ConvNetDisplay.Clear() }
        if ($folder) { Set-Location -LiteralPath $folder }
        if ($module) { Import-Module -Name $module -Global }
        """;

    private static readonly string BlockScript = CellSources.Outside("param($block, $arguments) & $block @arguments");
    private readonly CmdletInfo outCell = new("Out-Cell", typeof(OutCellCommand)); // it knows its parameters from the second cell on
    private readonly HashSet<Ast> imported = [];
    private readonly Runspace runspace;
    private readonly Runspace? outer = Runspace.DefaultRunspace;
    private readonly CellHost host;
    private readonly CellOutput output;
    private readonly PageScript scripts;
    private readonly NotebookDisplay display;
    private readonly CellSources sources;
    private readonly RunningShell running = new();
    private string? notice;

    /// <summary>Opens the runspace; the thread's default runspace until disposed.</summary>
    /// <param name="state">The runspace's initial state.</param>
    /// <param name="output">Where cells write.</param>
    /// <param name="kernel">What it shares with the other sessions of its kernel; null without a front end.</param>
    public CellSession(InitialSessionState state, CellOutput output, KernelSharing? kernel = null)
    {
        this.output = output;
        sources = kernel?.Sources ?? new CellSources(new CellFiles());
        scripts = new PageScript(output);
        display = new NotebookDisplay(output, scripts, kernel is null ? null : new CellWidgets(kernel.Widgets, this, output));
        host = new CellHost(output);
        runspace = RunspaceFactory.CreateRunspace(host, state);
        runspace.ThreadOptions = PSThreadOptions.UseCurrentThread;
        runspace.Open();
        Runspace.DefaultRunspace = runspace;
        if (kernel is not null)
        {
            runspace.GetApplicationPrivateData()[KernelSharing.Key] = kernel.Id;
        }
    }

    /// <summary>Gets what stands before the names of its cells in error messages.</summary>
    public string Prefix { get; init; } = string.Empty;

    /// <summary>Gets what makes a block of a cell that can be stopped at breakpoints; null where it runs as it is.</summary>
    public Func<string, ScriptBlock?> Block { get; init; } = _ => null;

    /// <summary>Lets a debugger stop the cells.</summary>
    public void Open(CellDebugger debugger) => debugger.Open(runspace.Debugger, host.Cell.WithoutInput);

    /// <summary>Gets the user's variables; null before <see cref="Begin"/>.</summary>
    public SessionVariables? Variables { get; private set; }

    /// <summary>Cancelled when the present cell is stopped.</summary>
    public CancellationToken Stopping => running.Stopping;

    /// <summary>Sets the notebook's preferences, goes to its folder and imports its module.</summary>
    /// <returns>Null, or why the module could not be imported; the session can be used without it.</returns>
    public string? Prepare(string? modulePath, string? folder)
    {
        try
        {
            Collect(StartScript, modulePath, folder, display);
            return null;
        }
        catch (RuntimeException error)
        {
            this.notice = error.Message;
            return error.Message;
        }
    }

    /// <summary>Notes the variables and functions that the session has by itself; all others are the user's.</summary>
    public void Begin() =>
        Variables = new SessionVariables(((EngineIntrinsics)runspace.SessionStateProxy.GetVariable("ExecutionContext")).SessionState);

    /// <summary>Takes over functions and a folder of another session.</summary>
    /// <param name="functions">The functions; those that are known already stay.</param>
    /// <param name="folder">The folder; null to stay where it is.</param>
    public void Import(IReadOnlyList<FunctionInfo> functions, string? folder)
    {
        FunctionInfo[] changed = [.. functions.Where(function => imported.Add(function.ScriptBlock.Ast))];
        if (changed.Length > 0 || folder is not null)
        {
            Collect(
                SessionVariables.ImportScript,
                changed.ToDictionary(each => each.Name, each => WidgetBlock.Copy(each.ScriptBlock)),
                folder
            );
        }
    }

    /// <summary>Runs a cell.</summary>
    /// <param name="number">Its number in the notebook.</param>
    /// <param name="code">Its text.</param>
    /// <param name="sink">Where its output ends.</param>
    /// <param name="input">Whom it asks; null for nobody.</param>
    /// <param name="isSilent">True to show no results.</param>
    public CellOutcome Run(int number, string code, ICellSink sink, ICellInput? input, bool isSilent = false)
    {
        this.output.Begin(sink);
        scripts.Begin(code);
        sources.Add(string.Create(CultureInfo.InvariantCulture, $"{Prefix}In[{number}]"), code);
        host.Cell.Input = input;
        host.ExitCode = null;
        if (this.notice is { } notice)
        {
            this.notice = null;
            this.output.Write(CellOutput.Error, notice + "\n");
        }

        CellOutcome outcome = Execute(code, isSilent);
        host.Cell.Reset();
        this.output.End();
        return outcome;
    }

    /// <summary>Runs a script of the kernel's own, with its errors thrown.</summary>
    /// <returns>Its output.</returns>
    public IReadOnlyList<PSObject> Collect(string script, params object?[] arguments)
    {
        using PowerShell shell = NewShell();
        shell.AddScript(script, useLocalScope: true);
        Array.ForEach(arguments, argument => shell.AddArgument(argument));
        return [.. shell.Invoke(null, new PSInvocationSettings { ErrorActionPreference = ActionPreference.Stop })];
    }

    /// <summary>Does something with a shell of this runspace: completion.</summary>
    public T With<T>(Func<PowerShell, T> use)
    {
        using PowerShell shell = NewShell();
        return use(shell);
    }

    /// <inheritdoc/>
    public void Run(ScriptBlock block, object? value, WidgetSink sink)
    {
        bool isInCell = running.IsBusy;
        host.Cell.Input = isInCell ? host.Cell.Input : null; // a front end has no box for the question of a widget
        (ICellSink? Sink, StreamText Text) outer = this.output.Begin(sink);
        scripts.IsOff = true;
        try
        {
            using PowerShell shell = NewShell();
            shell.AddScript(BlockScript, useLocalScope: true).AddArgument(block);
            shell.AddArgument(value is null ? Array.Empty<object>() : new[] { value });
            Show(shell, new CellView(this.output, host.Cell, scripts, display, IsSilent: false, IsWidget: true));
            ErrorRecord? failure = isInCell ? RunningShell.InvokeNested(shell) : running.Invoke(shell);
            this.output.End();
            bool isStopped = !isInCell && running.Stopping.IsCancellationRequested;
            if (isStopped || failure is not null)
            {
                CellError error = isStopped ? CellError.Interrupted : Describe(failure!);
                sink.Fail(error.Name, error.Message, error.Traceback);
            }
        }
        finally
        {
            if (!isInCell)
            {
                host.Cell.Reset();
            }

            scripts.IsOff = false;
            this.output.Begin(outer.Sink, outer.Text);
        }
    }

    /// <summary>Stops the cell or the script that runs, if one does; returns at once.</summary>
    public void Stop() => running.Stop();

    /// <summary>Describes an error as the engine shows it.</summary>
    public CellError Describe(ErrorRecord error)
    {
        PSObject record = PSObject.AsPSObject(error);
        record.Properties.Add(new PSNoteProperty("writeErrorStream", true), preValidated: true);
        string view = host.Cell.Capture(() => With(shell => shell.AddCommand("Out-Default").Invoke((IEnumerable)new[] { record })));
        return CellError.From(error, view, sources.Locate(error, SourceOf)).With(sources.WithNames);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Runspace.DefaultRunspace = outer;
        runspace.Dispose();
        running.Dispose();
    }

    private string? SourceOf(string function) =>
        With(shell => shell.AddCommand("Get-Command").AddParameter("Name", WildcardPattern.Escape(function)).Invoke<CommandInfo>())
            .OfType<FunctionInfo>()
            .FirstOrDefault()
            ?.ScriptBlock.Ast.Extent.StartScriptPosition.GetFullScript();

    private CellOutcome Execute(string code, bool isSilent)
    {
        using PowerShell shell = NewShell();
        string inHistory = DebuggedCell.Add(shell, code, Block(code), CellSources.Outside);
        Show(shell, new CellView(this.output, host.Cell, scripts, display, isSilent));
        ErrorRecord? failure = running.Invoke(shell);
        if (inHistory != code)
        {
            Collect(DebuggedCell.HistoryScript, inHistory, code);
        }

        return running.Stopping.IsCancellationRequested ? new CellOutcome(CellError.Interrupted, WasInterrupted: true)
            : failure is not null ? new CellOutcome(Describe(failure).WithHint(failure, code))
            : new CellOutcome(host.ExitCode is { } exit and not 0 ? CellError.Exit(exit) : null, host.ExitCode);
    }

    private void Show(PowerShell shell, CellView view)
    {
        // One stream, so that errors and output keep their order.
        shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        shell.AddCommand(outCell).AddParameter(nameof(OutCellCommand.View), view);
    }

    // Inside a cell, as where a widget's script has failed, a shell of the runspace has to be one of the cell's own.
    private PowerShell NewShell()
    {
        if (running.IsBusy)
        {
            return PowerShell.Create(RunspaceMode.CurrentRunspace);
        }

        PowerShell shell = PowerShell.Create();
        shell.Runspace = runspace;
        return shell;
    }
}
