using System.Collections.Concurrent;
using System.Management.Automation.Runspaces;
using System.Text.Json.Nodes;
using ConvNetShell.Kernel.Engine;
using ConvNetShell.Kernel.Messaging;
using ConvNetShell.Kernel.Output;
using ConvNetShell.Kernel.Wire;
using NetMQ;

namespace ConvNetShell.Kernel;

/// <summary>
/// The kernel: sockets on one thread, cells on the thread that calls <see cref="Run"/>. Shell requests wait for each other;
/// control requests (interrupt, shutdown) are answered at once.
/// </summary>
public sealed class JupyterKernel : IDisposable
{
    private const string RequestEnding = "_request";
    private static readonly TimeSpan SubscriberPatience = TimeSpan.FromSeconds(1);
    private readonly KernelOptions _options;
    private readonly KernelLog _log;
    private readonly KernelSockets _sockets;
    private readonly WireFormat _format;
    private readonly FrontEnd _frontEnd;
    private readonly KernelInfo _info;
    private readonly ParentWatch _parent;
    private readonly BlockingCollection<WireMessage> _requests = [];
    private readonly BlockingCollection<WireMessage> _answers = [];
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private CellSession? _session;
    private int _toAbort;

    /// <summary>Binds the sockets of a connection file and begins to answer.</summary>
    /// <param name="connectionFile">The file the front end has written.</param>
    /// <param name="options">The cells' runspace, and where they start.</param>
    /// <exception cref="InvalidDataException">The file is no connection file.</exception>
    /// <exception cref="IOException">A port of it cannot be had.</exception>
    public JupyterKernel(string connectionFile, KernelOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _log = new KernelLog(options.Log);
        _parent = new ParentWatch(Stop); // first: a front end may die as soon as it is answered
        var connection = ConnectionInfo.Read(connectionFile);
        if (Runspace.DefaultRunspace is null)
        {
            EngineWarmUp.Start(options.SessionState, _log.Add); // where a runspace is open, as in pwsh, the engine is warm
        }

        _format = new WireFormat(new MessageSigner(connection.Key), Guid.NewGuid().ToString("N"));
        _sockets = Bind(connection, topic => _frontEnd!.Welcome(topic));
        _frontEnd = new FrontEnd(_sockets, _format);
        _info = new KernelInfo(_frontEnd);
        _sockets.Start();
        _frontEnd.Status(null, "starting");
    }

    /// <summary>Runs cells on this thread until a front end shuts the kernel down or <see cref="Stop"/> is called.</summary>
    public void Run()
    {
        using var output = new CellOutput();
        using var session = new CellSession(_options.SessionState, output);
        using var console = new ConsoleCapture(output);
        if (session.Prepare(_options.ModulePath, _options.WorkingDirectory) is { } problem)
        {
            _log.Add(problem);
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
        lock (_gate)
        {
            _session?.Stop();
        }
    }

    /// <summary>Ends <see cref="Run"/>.</summary>
    public void Stop()
    {
        _end.Cancel();
        Interrupt();
    }

    /// <summary>Waits until what is still on its way, the reply to a shutdown, has gone out; to be called when the process ends.</summary>
    public static void Drain() => NetMQConfig.Cleanup(block: true);

    /// <summary>Sends what is left to send and closes the sockets.</summary>
    public void Dispose()
    {
        _parent.Dispose();
        _sockets.Dispose();
        _log.Dispose();
        _requests.Dispose();
        _answers.Dispose();
        _end.Dispose();
    }

    private KernelSockets Bind(ConnectionInfo connection, Action<byte[]> welcome)
    {
        try
        {
            return new KernelSockets(connection, Receive, welcome, _log.Add);
        }
        catch (NetMQException error)
        {
            throw new IOException($"The ports of the connection file cannot be had: {error.Message}", error);
        }
    }

    private void Enter(CellSession? session)
    {
        lock (_gate)
        {
            _session = session;
        }
    }

    private void Serve(CellSession session)
    {
        var history = new HistoryStore(_options.HistoryPath ?? HistoryStore.StandardPath);
        var execute = new ExecuteHandler(_frontEnd, session, history, _answers, () => _toAbort = _requests.Count);
        var handlers = new IRequestHandler[]
        {
            _info,
            execute,
            new CompleteHandler(_frontEnd, session),
            new InspectHandler(_frontEnd, session),
            new IsCompleteHandler(_frontEnd),
            new HistoryHandler(_frontEnd, history),
        }
            .Concat(CommHandler.All(_frontEnd))
            .ToDictionary(handler => handler.RequestType, StringComparer.Ordinal);
        foreach (WireMessage request in _requests.GetConsumingEnumerable(_end.Token))
        {
            bool isLate = _toAbort > 0;
            _toAbort -= Convert.ToInt32(isLate);
            Answer(
                request,
                isLate && request.Type == execute.RequestType ? execute.Abort
                    : handlers.TryGetValue(request.Type, out IRequestHandler? handler) ? handler.Handle
                    : Refuse
            );
        }
    }

    // On the polling thread: nothing here may wait.
    private void Receive(Channel channel, IReadOnlyList<byte[]> frames)
    {
        if (_format.Read(channel, frames, out string reason) is not { } request)
        {
            _log.Add($"{channel}: a message was dropped: {reason}.");
        }
        else if (channel == Channel.Stdin)
        {
            _answers.Add(request);
        }
        else if (request.Type == "shutdown_request")
        {
            Answer(request, ShutDown);
        }
        else if (channel == Channel.Control)
        {
            Answer(
                request,
                request.Type == "interrupt_request" ? AnswerInterrupt
                    : request.Type == _info.RequestType ? _info.Handle
                    : Refuse
            );
        }
        else if (request.Type == _info.RequestType && _session is null)
        {
            Task.Run(() => Answer(request, _info.Handle)); // the engine is still starting; the front end need not wait for it
        }
        else
        {
            _requests.Add(request);
        }
    }

    private void Answer(WireMessage request, Action<WireMessage> answer)
    {
        if (request.Channel == Channel.Shell && request.Type != "shutdown_request")
        {
            _sockets.WaitForSubscriber(SubscriberPatience);
        }

        _frontEnd.Status(request.HeaderBytes, "busy");
        try
        {
            answer(request);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            _log.Add($"{request.Type}: {error}");
            Fail(request, error.GetType().Name, error.Message);
        }

        _frontEnd.Status(request.HeaderBytes, "idle");
    }

    private void AnswerInterrupt(WireMessage request)
    {
        Interrupt();
        _frontEnd.Reply(request, "interrupt_reply", Reply.Ok());
    }

    private void ShutDown(WireMessage request)
    {
        JsonObject reply = Reply.Ok();
        reply["restart"] = request.Flag("restart");
        _frontEnd.Reply(request, "shutdown_reply", reply);
        Stop();
    }

    private void Refuse(WireMessage request)
    {
        _log.Add($"{request.Channel}: there is no answer to {request.Type}.");
        Fail(
            request,
            "NotSupported",
            $"This kernel does not answer {request.Type} on the {request.Channel.ToString().ToLowerInvariant()} channel."
        );
    }

    // A front end waits for the reply to each request: one that cannot be answered gets an error.
    private void Fail(WireMessage request, string name, string message)
    {
        if (!request.Type.EndsWith(RequestEnding, StringComparison.Ordinal))
        {
            return; // comm messages have no reply
        }

        JsonObject reply = Reply.Error(name, message, $"{name}: {message}");
        _frontEnd.Reply(request, request.Type[..^RequestEnding.Length] + "_reply", reply);
        if (request.Type == "execute_request")
        {
            reply.Remove("status");
            _frontEnd.Publish(request.HeaderBytes, "error", reply);
        }
    }
}
