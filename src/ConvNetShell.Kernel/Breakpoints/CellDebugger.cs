using System.Management.Automation;
using System.Management.Automation.Language;

namespace ConvNetShell.Kernel.Breakpoints;

/// <summary>
/// Stops the cells of a session at breakpoints and steps through them, with the engine's own debugger. Cells that begin while it is on have
/// the names of <see cref="CellFiles"/>, by which breakpoints are set; cells that ran before, and functions from them, cannot be stopped.
/// </summary>
/// <param name="files">The names of cells.</param>
internal sealed class CellDebugger(CellFiles files)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30); // until the session is open
    private readonly Lock gate = new();
    private readonly Dictionary<string, List<Breakpoint>> breakpoints = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ScriptBlock?> blocks = new(StringComparer.OrdinalIgnoreCase); // on the cells' thread
    private readonly TaskCompletionSource<Debugger> opened = new();
    private Func<Func<IReadOnlyList<PSObject>>, IReadOnlyList<PSObject>> withoutInput = evaluate => evaluate();
    private DebuggerResumeAction step;
    private bool isPausing;

    /// <summary>Raised on the cell's thread with the reason, as the protocol names it, when a cell has stopped.</summary>
    public event Action<string>? Stopped;

    /// <summary>Raised on the cell's thread when a cell goes on.</summary>
    public event Action? Continued;

    /// <summary>Gets a value indicating whether cells can be stopped.</summary>
    public bool IsOn { get; private set; }

    /// <summary>Gets the cell that is stopped; <see langword="null"/> for none.</summary>
    public CellStop? Stop { get; private set; }

    /// <summary>Gets the names of cells.</summary>
    public CellFiles Files => files;

    /// <summary>Notes the debugger of the session, which is open now.</summary>
    /// <param name="engine">The engine's debugger.</param>
    /// <param name="withoutInput">Evaluates an expression so that it asks nobody: who debugs has no box for a question.</param>
    public void Open(Debugger engine, Func<Func<IReadOnlyList<PSObject>>, IReadOnlyList<PSObject>> withoutInput)
    {
        this.withoutInput = withoutInput;
        opened.TrySetResult(engine);
    }

    /// <summary>Turns it on.</summary>
    /// <exception cref="TimeoutException">The session does not open.</exception>
    public void Start()
    {
        lock (gate)
        {
            if (!IsOn)
            {
                Debugger engine = Engine();
                engine.SetDebugMode(DebugModes.LocalScript);
                engine.DebuggerStop += OnStop;
                IsOn = true;
            }
        }
    }

    /// <summary>Turns it off: removes the breakpoints, and lets a stopped cell go on.</summary>
    public void End()
    {
        lock (gate)
        {
            if (IsOn)
            {
                IsOn = false;
                Debugger engine = Engine();
                engine.DebuggerStop -= OnStop;
                breakpoints.Values.SelectMany(each => each).ToList().ForEach(each => engine.Remove(each));
                breakpoints.Clear();
            }
        }

        Stop?.Resume(DebuggerResumeAction.Continue);
    }

    /// <summary>Returns a cell as a block that can be stopped.</summary>
    /// <returns><see langword="null"/> where this is off, or the cell has an error of syntax.</returns>
    public ScriptBlock? Block(string code)
    {
        if (!IsOn)
        {
            return null;
        }

        // The engine binds breakpoints to a block, not to its text: a cell that runs again has to be the same one.
        string path = files.Add(code);
        if (!blocks.TryGetValue(path, out ScriptBlock? block))
        {
            ScriptBlockAst script = Parser.ParseInput(code, path, out _, out ParseError[] errors);
            block = errors.Length == 0 ? script.GetScriptBlock() : null;
            blocks[path] = block;
        }

        return block;
    }

    /// <summary>Sets the breakpoints of a cell or file, in place of those it had.</summary>
    /// <param name="path">The file, or the name of the cell.</param>
    /// <param name="requests">The breakpoints.</param>
    /// <exception cref="FileNotFoundException">There is neither such a cell nor such a file.</exception>
    public IReadOnlyList<BreakpointState> Set(string path, IReadOnlyList<BreakpointRequest> requests)
    {
        Debugger engine = Engine();
        string code = files.Find(path) ?? File.ReadAllText(path);
        ScriptBlockAst script = Parser.ParseInput(code, path, out _, out _);
        lock (gate)
        {
            breakpoints.GetValueOrDefault(path)?.ForEach(each => engine.Remove(each));
            var set = breakpoints[path] = [];
            return [.. requests.Select(request => Set(engine, script, path, request, set))];
        }
    }

    /// <summary>Returns the breakpoints by cell or file.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<LineBreakpoint>> Breakpoints()
    {
        lock (gate)
        {
            return breakpoints.ToDictionary(
                each => each.Key,
                each => (IReadOnlyList<LineBreakpoint>)[.. each.Value.OfType<LineBreakpoint>()]
            );
        }
    }

    /// <summary>Stops the cell that runs at its next statement.</summary>
    public void Pause()
    {
        isPausing = true;
        Engine().SetDebuggerStepMode(true);
    }

    /// <summary>
    /// Runs an expression where the cell is stopped; a command of the engine's debugger, such as <c>c</c>, lets it go on.
    /// </summary>
    /// <exception cref="InvalidOperationException">No cell is stopped.</exception>
    /// <exception cref="RuntimeException">The expression fails.</exception>
    public IReadOnlyList<PSObject> Evaluate(string expression)
    {
        CellStop stop = Stop ?? throw new InvalidOperationException("Expressions are evaluated where a cell is stopped, and none is.");
        return stop.Do(() => withoutInput(() => Evaluate(stop, expression)));
    }

    /// <summary>Ends the cell that is stopped, and the expression that it evaluates.</summary>
    public void Interrupt()
    {
        if (Stop is { } stop)
        {
            stop.Resume(DebuggerResumeAction.Stop);
            Engine().StopProcessCommand();
        }
    }

    private IReadOnlyList<PSObject> Evaluate(CellStop stop, string expression)
    {
        using var output = new PSDataCollection<PSObject>();
        DebuggerCommandResults results = Engine().ProcessCommand(new PSCommand().AddScript(expression), output);
        if (results.ResumeAction is { } action)
        {
            stop.Resume(action);
        }

        return output.FirstOrDefault(item => item?.BaseObject is ErrorRecord)?.BaseObject is ErrorRecord error
            ? throw new RuntimeException(error.ToString(), error.Exception)
            : [.. output];
    }

    private Debugger Engine() =>
        opened.Task.Wait(Patience) ? opened.Task.Result : throw new TimeoutException("The kernel's session does not open.");

    private static BreakpointState Set(Debugger engine, ScriptBlockAst script, string path, BreakpointRequest request, List<Breakpoint> set)
    {
        if (StatementLines.Next(script, request.Line) is not { } line)
        {
            return new BreakpointState(null, $"No statement begins in line {request.Line} or after it.");
        }

        try
        {
            ScriptBlock? action = request.Condition is { } condition ? ScriptBlock.Create($"if ({condition}) {{ break }}") : null;
            LineBreakpoint breakpoint = engine.SetLine(path, line, action);
            set.Add(breakpoint);
            return new BreakpointState(line, Id: breakpoint.Id);
        }
        catch (ParseException error)
        {
            return new BreakpointState(null, error.Message);
        }
    }

    private void OnStop(object? sender, DebuggerStopEventArgs stopped)
    {
        bool isHit = stopped.Breakpoints.Count > 0;
        if (!isHit && !IsShown(stopped.InvocationInfo?.ScriptName))
        {
            stopped.ResumeAction = isPausing ? DebuggerResumeAction.StepInto : step; // on through what belongs to the kernel
            return;
        }

        // Without a breakpoint and without a step, it is Wait-Debugger.
        string reason =
            isPausing ? "pause"
            : isHit || step == DebuggerResumeAction.Continue ? "breakpoint"
            : "step";
        isPausing = false;
        using var stop = new CellStop([.. Engine().GetCallStack()], call => IsShown(call.ScriptName));
        Stop = stop;
        Stopped?.Invoke(reason);
        stopped.ResumeAction = stop.Wait();
        step = stopped.ResumeAction == DebuggerResumeAction.Stop ? DebuggerResumeAction.Continue : stopped.ResumeAction;
        Stop = null;
        Continued?.Invoke();
    }

    private bool IsShown(string? path) => !string.IsNullOrEmpty(path) && (files.Find(path) is not null || File.Exists(path));
}
