using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using ConvNetShell.Host.Hosting;

namespace ConvNetShell.Host;

/// <summary>
/// A PowerShell session in this process: the engine, the everyday cmdlets and, when asked for, a module.
/// Scripts run on the thread that calls; only <see cref="Stop"/> may be called from another one.
/// </summary>
/// <remarks>
/// <see cref="Run"/> behaves as a console (formatted text to the writers, an exit code back);
/// <see cref="Collect"/> and <see cref="Invoke"/> hand back objects.
/// </remarks>
public sealed class EngineSession : IDisposable
{
    /// <summary>The exit code of a script that was stopped, as a shell reports Ctrl+C.</summary>
    public const int StoppedExitCode = 130;

    private readonly ShellHost _host;
    private readonly RunningScript _running = new();

    private EngineSession(ShellHost host, Runspace runspace)
    {
        _host = host;
        Runspace = runspace;
    }

    /// <summary>The session's runspace, for callers that build their own pipelines.</summary>
    public Runspace Runspace { get; }

    /// <summary>The code a script passed to <c>exit</c>; null while none did.</summary>
    public int? ExitCode => _host.ExitCode;

    /// <summary>True when the last script was ended by <see cref="Stop"/>.</summary>
    public bool WasStopped => _running.WasStopped;

    /// <summary>The folder the session is in, as its prompt shows it.</summary>
    public string Location => Runspace.SessionStateProxy.Path.CurrentLocation.Path;

    /// <summary>Starts a session.</summary>
    /// <param name="options">Writers, module and terminal; null takes the defaults.</param>
    /// <returns>An open session; dispose it.</returns>
    /// <exception cref="RuntimeException">The module could not be imported.</exception>
    public static EngineSession Create(EngineSessionOptions? options = null)
    {
        options ??= new EngineSessionOptions();
        // The style object is one per process in the engine itself; the writer of this session decides.
        PSStyle.Instance.OutputRendering = options.UseColour ? OutputRendering.Host : OutputRendering.PlainText;
        var host = new ShellHost(options);
        Runspace runspace = RunspaceFactory.CreateRunspace(host, EverydayCommands.CreateSessionState());
        runspace.ThreadOptions = PSThreadOptions.UseCurrentThread;
        runspace.Open();
        var session = new EngineSession(host, runspace);
        try
        {
            runspace.SessionStateProxy.Path.SetLocation(WildcardPattern.Escape(options.WorkingDirectory ?? Environment.CurrentDirectory));
            if (options.ModulePath is { } module)
            {
                session.ImportModule(module);
            }
        }
        catch
        {
            session.Dispose();
            throw;
        }

        return session;
    }

    /// <summary>Imports a module into the global scope.</summary>
    /// <param name="path">A manifest, a script module or an assembly, or the name of an installed module.</param>
    /// <exception cref="RuntimeException">The module could not be imported.</exception>
    public void ImportModule(string path) => Invoke("param($path) Import-Module -Name $path -Global -ErrorAction Stop", path);

    /// <summary>Runs a script as a console does: output and errors are formatted and written to the session's writers.</summary>
    /// <param name="script">Script text.</param>
    /// <returns>The exit code pwsh would end with: the script's <c>exit</c>, 1 after a failed last command, else 0; 130 when stopped.</returns>
    public int Run(string script)
    {
        bool failed = RunToHost(shell => shell.AddScript(script, useLocalScope: false));
        return Finish(failed || (!WasStopped && ExitCode is null && !LastCommandSucceeded()));
    }

    /// <summary>Runs a script file as <c>pwsh -File</c> does.</summary>
    /// <param name="path">The file.</param>
    /// <param name="arguments">Words as on a command line: <c>-Name value</c>, <c>-Switch</c>, <c>-Switch:$false</c> or positional values.</param>
    /// <returns>The script's <c>exit</c> code, 1 when a terminating error ended it, else 0; 130 when stopped.</returns>
    public int RunFile(string path, IEnumerable<string> arguments)
    {
        string fullPath = Path.GetFullPath(path);
        if (!File.Exists(fullPath))
        {
            throw new FileNotFoundException($"The script file does not exist. Received: path={path}.", path);
        }

        var command = fullPath.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase)
            ? new Command(fullPath, isScript: false, useLocalScope: false)
            : new Command(File.ReadAllText(fullPath), isScript: true, useLocalScope: false);
        foreach (CommandParameter parameter in ScriptArguments.Parse(arguments))
        {
            command.Parameters.Add(parameter);
        }

        EngineInternals.LetNextScriptExitHost(Runspace);
        return Finish(RunToHost(shell => shell.Commands.AddCommand(command)));
    }

    /// <summary>Runs a script and collects its streams; errors do not throw.</summary>
    /// <param name="script">Script text; it may begin with a param block.</param>
    /// <param name="arguments">Positional arguments for the param block, or <c>$args</c>.</param>
    /// <returns>Everything the script wrote.</returns>
    public EngineResult Collect(string script, params object?[] arguments)
    {
        using var output = new PSDataCollection<PSObject>();
        ErrorRecord? fatal = null;
        using PowerShell shell = NewShell();
        shell.AddScript(script, useLocalScope: false);
        foreach (object? argument in arguments)
        {
            shell.AddArgument(argument);
        }

        try
        {
            Execute(shell, output);
        }
        catch (RuntimeException exception)
        {
            fatal = new ErrorRecord(exception.ErrorRecord, exception);
        }

        var errors = new List<ErrorRecord>(shell.Streams.Error);
        if (fatal is not null)
        {
            errors.Add(fatal);
        }

        return new EngineResult(
            [.. output], errors, [.. shell.Streams.Warning.Select(warning => warning.Message)], [.. shell.Streams.Information], fatal is not null);
    }

    /// <summary>Runs a script and returns its objects; the first error of any kind is thrown.</summary>
    /// <param name="script">Script text; it may begin with a param block.</param>
    /// <param name="arguments">Positional arguments for the param block, or <c>$args</c>.</param>
    /// <returns>The objects the script wrote.</returns>
    /// <exception cref="RuntimeException">The script wrote an error; its record is in <see cref="RuntimeException.ErrorRecord"/>.</exception>
    public IReadOnlyList<PSObject> Invoke(string script, params object?[] arguments)
    {
        EngineResult result = Collect(script, arguments);
        if (result.Errors is [var first, ..])
        {
            throw new RuntimeException(first.ToString(), first.Exception, first);
        }

        return result.Output;
    }

    /// <summary>Stops the running script, if any, and waits until it has stopped. May be called from any thread but the one the script runs on.</summary>
    public void Stop() => _running.Stop();

    /// <inheritdoc/>
    public void Dispose()
    {
        if (ReferenceEquals(Runspace.DefaultRunspace, Runspace))
        {
            Runspace.DefaultRunspace = null;
        }

        Runspace.Dispose();
        _host.Dispose();
        _running.Dispose();
    }

    private bool RunToHost(Action<PowerShell> fill)
    {
        using PowerShell shell = NewShell();
        fill(shell);
        // One stream, so that errors and output keep their order; the formatter sends each to its own writer.
        shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        shell.AddCommand("Out-Default");
        try
        {
            Execute(shell, null);
            return false;
        }
        catch (PipelineStoppedException)
        {
            return true;
        }
        catch (RuntimeException exception)
        {
            Report(new ErrorRecord(exception.ErrorRecord, exception));
            return true;
        }
        finally
        {
            _host.EndProgress();
        }
    }

    private void Report(ErrorRecord error)
    {
        PSObject record = PSObject.AsPSObject(error);
        record.Properties.Add(new PSNoteProperty("writeErrorStream", true));
        using PowerShell shell = NewShell();
        shell.AddCommand("Out-Default");
        shell.Invoke(new[] { record });
    }

    private void Execute(PowerShell shell, PSDataCollection<PSObject>? output)
    {
        Runspace.DefaultRunspace ??= Runspace;
        // The engine keeps $? from one script to the next only for those that go into the history.
        _running.Invoke(shell, output ?? [], new PSInvocationSettings { AddToHistory = output is null });
    }

    private PowerShell NewShell()
    {
        PowerShell shell = PowerShell.Create();
        shell.Runspace = Runspace;
        return shell;
    }

    private bool LastCommandSucceeded() => Collect("$?").Output is [{ BaseObject: true }];

    private int Finish(bool failed) => WasStopped ? StoppedExitCode : ExitCode ?? Convert.ToInt32(failed, CultureInfo.InvariantCulture);
}
