using System.Collections.Concurrent;
using System.Management.Automation.Runspaces;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using ConvNetShell.Kernel.Engine;
using ConvNetShell.Kernel.Messaging;
using ConvNetShell.Kernel.Output;
using ConvNetShell.Kernel.Wire;

namespace ConvNetShell.Kernel;

/// <summary>
/// The kernel: sockets on one thread, cells on the thread that calls <see cref="Run"/>. Shell requests wait for each other;
/// control requests (interrupt, shutdown) are answered at once.
/// </summary>
public sealed class JupyterKernel : IDisposable
{
    private static readonly TimeSpan SubscriberPatience = TimeSpan.FromSeconds(1);
    private readonly KernelOptions options;
    private readonly KernelLog log;
    private readonly KernelSockets sockets;
    private readonly WireFormat format;
    private readonly FrontEnd frontEnd;
    private readonly KernelInfo info;
    private readonly Responder responder;
    private readonly ParentWatch parent;
    private readonly BlockingCollection<WireMessage> requests = [];
    private readonly BlockingCollection<WireMessage> answers = [];
    private readonly CancellationTokenSource end = new();
    private readonly Lock gate = new();
    private CellSession? session;
    private int toAbort;

    /// <summary>Binds the sockets of a connection file and begins to answer.</summary>
    /// <param name="connectionFile">The file the front end has written.</param>
    /// <param name="options">The cells' runspace, and where they start.</param>
    /// <exception cref="InvalidDataException">The file is no connection file.</exception>
    /// <exception cref="IOException">A port of it cannot be had.</exception>
    public JupyterKernel(string connectionFile, KernelOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.options = options;
        log = new KernelLog(options.Log);
        parent = new ParentWatch(Stop); // first: a front end may die as soon as it is answered
        var connection = ConnectionInfo.Read(connectionFile);
        if (Runspace.DefaultRunspace is null)
        {
            EngineWarmUp.Start(options.SessionState, log.Add); // where a runspace is open, as in pwsh, the engine is warm
        }

        format = new WireFormat(new MessageSigner(connection.Key), Guid.NewGuid().ToString("N"));
        sockets = Bind(connection, topic => frontEnd!.Welcome(topic));
        frontEnd = new FrontEnd(sockets, format);
        info = new KernelInfo(frontEnd);
        responder = new Responder(frontEnd, () => sockets.WaitForSubscriber(SubscriberPatience), log.Add);
        sockets.Start();
        frontEnd.Status(null, "starting");
    }

    /// <summary>Runs cells on this thread until a front end shuts the kernel down or <see cref="Stop"/> is called.</summary>
    public void Run()
    {
        using var output = new CellOutput();
        using var session = new CellSession(this.options.SessionState, output);
        using var console = new ConsoleCapture(output);
        if (session.Prepare(this.options.ModulePath, this.options.WorkingDirectory) is { } problem)
        {
            log.Add(problem);
        }

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
        }
    }

    /// <summary>Stops the cell that runs, if one does, and aborts those that wait.</summary>
    public void Interrupt()
    {
        lock (gate)
        {
            this.session?.Stop();
        }
    }

    /// <summary>Ends <see cref="Run"/>.</summary>
    public void Stop()
    {
        end.Cancel();
        Interrupt();
    }

    /// <summary>Sends pending messages and closes the sockets.</summary>
    public void Dispose()
    {
        parent.Dispose();
        sockets.Dispose();
        log.Dispose();
        requests.Dispose();
        answers.Dispose();
        end.Dispose();
    }

    private KernelSockets Bind(ConnectionInfo connection, Action<byte[]> welcome)
    {
        try
        {
            return new KernelSockets(connection, Receive, welcome, log.Add);
        }
        catch (SocketException error)
        {
            throw new IOException($"The ports of the connection file cannot be opened: {error.Message}", error);
        }
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
        var history = new HistoryStore(this.options.HistoryPath ?? HistoryStore.StandardPath);
        var execute = new ExecuteHandler(frontEnd, session, history, answers, () => toAbort = requests.Count);
        var handlers = new IRequestHandler[]
        {
            info,
            execute,
            new CompleteHandler(frontEnd, session),
            new InspectHandler(frontEnd, session),
            new IsCompleteHandler(frontEnd),
            new HistoryHandler(frontEnd, history),
        }
            .Concat(CommHandler.All(frontEnd))
            .ToDictionary(handler => handler.RequestType, StringComparer.Ordinal);
        foreach (WireMessage request in requests.GetConsumingEnumerable(end.Token))
        {
            bool isLate = toAbort > 0;
            toAbort -= Convert.ToInt32(isLate);
            responder.Answer(
                request,
                isLate && request.Type == execute.RequestType ? execute.Abort
                    : handlers.TryGetValue(request.Type, out IRequestHandler? handler) ? handler.Handle
                    : responder.Refuse
            );
        }
    }

    // On the polling thread: nothing here may wait.
    private void Receive(Channel channel, IReadOnlyList<byte[]> frames)
    {
        if (format.Read(channel, frames, out string reason) is not { } request)
        {
            log.Add($"{channel}: a message was dropped: {reason}.");
        }
        else if (channel == Channel.Stdin)
        {
            answers.Add(request);
        }
        else if (request.Type == Responder.Shutdown)
        {
            responder.Answer(request, ShutDown);
        }
        else if (channel == Channel.Control)
        {
            responder.Answer(
                request,
                request.Type == "interrupt_request" ? AnswerInterrupt
                    : request.Type == info.RequestType ? info.Handle
                    : responder.Refuse
            );
        }
        else if (request.Type == info.RequestType && this.session is null)
        {
            Task.Run(() => responder.Answer(request, info.Handle)); // the engine is still starting; the front end need not wait for it
        }
        else
        {
            requests.Add(request);
        }
    }

    private void AnswerInterrupt(WireMessage request)
    {
        Interrupt();
        frontEnd.Reply(request, "interrupt_reply", Reply.Ok());
    }

    private void ShutDown(WireMessage request)
    {
        JsonObject reply = Reply.Ok();
        reply["restart"] = request.Flag("restart");
        frontEnd.Reply(request, "shutdown_reply", reply);
        Stop();
    }
}
