using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using ConvNetShell.Kernel.Output;

namespace ConvNetShell.Kernel.Engine;

/// <summary>
/// The runspace of a notebook. Cells run on the thread that made it; only <see cref="Stop"/> may be called from another.
/// </summary>
internal sealed class CellSession : IDisposable
{
    private const string StartScript = """
        param($module, $folder, $display)
        $global:ErrorActionPreference = 'Stop'
        Set-Variable -Name ConvNetDisplay -Value $display -Scope Global -Option ReadOnly -Description 'Shows objects in notebooks.' -Force
        function global:Clear-Host { $ConvNetDisplay.Clear() }
        if ($folder) { Set-Location -LiteralPath $folder }
        if ($module) { Import-Module -Name $module -Global }
        """;

    private readonly Runspace runspace;
    private readonly Runspace? outer = Runspace.DefaultRunspace;
    private readonly CellHost host;
    private readonly CellOutput output;
    private readonly PageScript scripts;
    private readonly NotebookDisplay display;
    private readonly CellSources sources = new();
    private readonly Lock gate = new();
    private PowerShell? running;
    private string? notice;
    private CancellationTokenSource stop = new();

    /// <summary>Opens the runspace; the thread's default runspace until disposed.</summary>
    /// <param name="state">The runspace's initial state.</param>
    /// <param name="output">Where cells write.</param>
    public CellSession(InitialSessionState state, CellOutput output)
    {
        this.output = output;
        scripts = new PageScript(output);
        display = new NotebookDisplay(output, scripts);
        host = new CellHost(output);
        runspace = RunspaceFactory.CreateRunspace(host, state);
        runspace.ThreadOptions = PSThreadOptions.UseCurrentThread;
        runspace.Open();
        Runspace.DefaultRunspace = runspace;
    }

    /// <summary>Cancelled when the present cell is stopped.</summary>
    public CancellationToken Stopping => stop.Token;

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
        sources.Add(number, code);
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
        foreach (object? argument in arguments)
        {
            shell.AddArgument(argument);
        }

        return [.. shell.Invoke(null, new PSInvocationSettings { ErrorActionPreference = ActionPreference.Stop })];
    }

    /// <summary>Does something with a shell of this runspace: completion.</summary>
    public T With<T>(Func<PowerShell, T> use)
    {
        using PowerShell shell = NewShell();
        return use(shell);
    }

    /// <summary>Stops the cell that runs, if one does; returns at once.</summary>
    public void Stop()
    {
        lock (gate)
        {
            if (running is { } shell)
            {
                stop.Cancel();
                shell.BeginStop(null, null);
            }
        }
    }

    /// <summary>Describes an error as the engine shows it.</summary>
    public CellError Describe(ErrorRecord error)
    {
        PSObject record = PSObject.AsPSObject(error);
        record.Properties.Add(new PSNoteProperty("writeErrorStream", true), preValidated: true);
        string view = host.Cell.Capture(() => With(shell => shell.AddCommand("Out-Default").Invoke((IEnumerable)new[] { record })));
        return CellError.From(error, view, sources.Locate(error, SourceOf));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Runspace.DefaultRunspace = outer;
        runspace.Dispose();
        stop.Dispose();
    }

    private static CellError WithHint(CellError error, ErrorRecord failure, string code) =>
        failure.Exception is CommandNotFoundException && Magics.Hint(code) is { } hint
            ? error with
            {
                Traceback = [.. error.Traceback, hint],
            }
            : error;

    private string? SourceOf(string function) =>
        With(shell => shell.AddCommand("Get-Command").AddParameter("Name", WildcardPattern.Escape(function)).Invoke<CommandInfo>())
            .OfType<FunctionInfo>()
            .FirstOrDefault()
            ?.ScriptBlock.Ast.Extent.StartScriptPosition.GetFullScript();

    private CellOutcome Execute(string code, bool isSilent)
    {
        using PowerShell shell = NewShell();
        shell.AddScript(code, useLocalScope: false);
        // One stream, so that errors and output keep their order.
        shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        shell
            .AddCommand(new CmdletInfo("Out-Cell", typeof(OutCellCommand)))
            .AddParameter(nameof(OutCellCommand.View), new CellView(this.output, host.Cell, scripts, display, isSilent));
        Begin(shell);
        ErrorRecord? failure = null;
        try
        {
            // The engine keeps $? from one script to the next only for those that go into the history.
            shell.Invoke(null, new PSDataCollection<PSObject>(), new PSInvocationSettings { AddToHistory = true });
        }
        catch (RuntimeException error)
        {
            failure = new ErrorRecord(error.ErrorRecord, error);
        }
        finally
        {
            End();
        }

        return stop.IsCancellationRequested ? new CellOutcome(CellError.Interrupted, WasInterrupted: true)
            : failure is not null ? new CellOutcome(WithHint(Describe(failure), failure, code))
            : new CellOutcome(host.ExitCode is { } exit and not 0 ? CellError.Exit(exit) : null, host.ExitCode);
    }

    private void Begin(PowerShell shell)
    {
        lock (gate)
        {
            stop.Dispose();
            stop = new CancellationTokenSource();
            running = shell;
        }
    }

    private void End()
    {
        lock (gate)
        {
            running = null;
        }
    }

    private PowerShell NewShell()
    {
        PowerShell shell = PowerShell.Create();
        shell.Runspace = runspace;
        return shell;
    }
}
