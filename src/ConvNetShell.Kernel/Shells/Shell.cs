using System.Collections.Concurrent;
using ConvNetShell.Kernel.Breakpoints;
using ConvNetShell.Kernel.Engine;
using ConvNetShell.Kernel.Messaging;
using ConvNetShell.Kernel.Output;
using ConvNetShell.Kernel.Wire;

namespace ConvNetShell.Kernel.Shells;

/// <summary>
/// Answers requests one after the other, on a thread and in a session of its own. A kernel has a main shell, and as many subshells as front
/// ends ask for.
/// </summary>
internal sealed class Shell : IDisposable
{
    private readonly ShellContext context;
    private readonly Shell? main;
    private readonly BlockingCollection<WireMessage> requests = [];
    private readonly CancellationTokenSource end = new();
    private readonly Lock gate = new();
    private CellSession? session;
    private string? folder;
    private int toAbort;

    /// <param name="context">What all shells use.</param>
    /// <param name="main">The main shell; null for the main shell itself.</param>
    public Shell(ShellContext context, Shell? main = null) =>
        (this.context, this.main, Debugger) = (context, main, new CellDebugger(context.Sharing.Files));

    /// <summary>Gets the user's variables of its session; null before it is ready and after its end.</summary>
    public SessionVariables? Variables
    {
        get
        {
            lock (gate)
            {
                return this.session?.Variables;
            }
        }
    }

    /// <summary>Gets what stops its cells at breakpoints.</summary>
    public CellDebugger Debugger { get; }

    /// <summary>Gets or sets a value indicating whether variables are exchanged with other shells before each request.</summary>
    public bool IsSharing { get; set; }

    /// <summary>Adds a request; to be called in the order in which requests come.</summary>
    public void Add(WireMessage request)
    {
        if (request.Type == CommHandler.Message && CommHandler.IsChange(request))
        {
            context.Sharing.Widgets.Announce(request.Text("comm_id"), request);
        }

        requests.Add(request);
    }

    /// <summary>Opens the session and answers on this thread until <see cref="Stop"/>.</summary>
    public void Run()
    {
        using var output = new CellOutput();
        using var session = new CellSession(context.Options.SessionState.Clone(), output, context.Sharing)
        {
            Prefix = main is null ? string.Empty : "subshell ",
            Block = Debugger.Block,
        };
        using var console = new ConsoleCapture(output, isSubshell: main is not null);
        if (
            session.Prepare(context.Options.ModulePath, folder = main?.Variables?.Folder ?? context.Options.WorkingDirectory) is { } problem
        )
        {
            context.Log(problem);
        }

        session.Begin();
        session.Open(Debugger);
        Enter(session);
        try
        {
            Serve(session);
        }
        catch (OperationCanceledException)
        {
            // Stop was called.
        }
        finally
        {
            Enter(null);
            context.Variables.Forget(session.Variables!);
        }
    }

    /// <summary>Stops the cell that runs, if one does, and aborts those that wait.</summary>
    public void Interrupt()
    {
        lock (gate)
        {
            this.session?.Stop();
        }

        Debugger.Interrupt();
    }

    /// <summary>Ends <see cref="Run"/>; no request may be added any more.</summary>
    public void Stop()
    {
        end.Cancel();
        Interrupt();
    }

    /// <summary>Takes out the requests that it has not answered.</summary>
    public IEnumerable<WireMessage> Rest()
    {
        while (requests.TryTake(out WireMessage? request))
        {
            yield return request;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        requests.Dispose();
        end.Dispose();
    }

    private void Enter(CellSession? session)
    {
        lock (gate)
        {
            this.session = session;
        }
    }

    private void Serve(CellSession session)
    {
        var history = new HistoryStore(main is null ? context.Options.HistoryPath ?? HistoryStore.StandardPath : null);
        FrontEnd frontEnd = context.FrontEnd;
        var execute = new ExecuteHandler(frontEnd, session, history, context.Answers, () => toAbort = requests.Count);
        var handlers = new IRequestHandler[]
        {
            context.Info,
            execute,
            new CompleteHandler(frontEnd, session),
            new InspectHandler(frontEnd, session),
            new IsCompleteHandler(frontEnd),
            new HistoryHandler(frontEnd, history),
        }
            .Concat(CommHandler.All(frontEnd, session, context.Sharing.Widgets, context.Control))
            .ToDictionary(handler => handler.RequestType, StringComparer.Ordinal);
        foreach (WireMessage request in requests.GetConsumingEnumerable(end.Token))
        {
            bool isLate = toAbort > 0;
            toAbort -= Convert.ToInt32(isLate);
            Exchange(session);
            context.Responder.Answer(
                request,
                isLate && request.Type == execute.RequestType ? execute.Abort
                    : handlers.TryGetValue(request.Type, out IRequestHandler? handler) ? handler.Handle
                    : context.Responder.Refuse
            );
            if (IsSharing)
            {
                context.Variables.Publish(session.Variables!);
            }
        }
    }

    /// <summary>Brings the session what other shells have made; the main shell's cell may be running.</summary>
    private void Exchange(CellSession session)
    {
        if (!IsSharing)
        {
            return;
        }

        if (main?.Variables is { } variables)
        {
            context.Variables.Publish(variables);
            session.Import(variables.Functions(), variables.Folder == folder ? null : folder = variables.Folder);
        }

        context.Variables.Adopt(session.Variables!);
    }
}
