using System.Management.Automation.Runspaces;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using ConvNetShell.Kernel.Debugging;
using ConvNetShell.Kernel.Engine;
using ConvNetShell.Kernel.Messaging;
using ConvNetShell.Kernel.Shells;
using ConvNetShell.Kernel.Wire;

namespace ConvNetShell.Kernel;

/// <summary>
/// The kernel: sockets on one thread, cells on the thread that calls <see cref="Run"/>, those of subshells on a thread of each, control
/// requests on one more. The requests of a shell wait for each other; interrupt and shutdown are answered at once.
/// </summary>
public sealed class JupyterKernel : IDisposable
{
    private static readonly TimeSpan SubscriberPatience = TimeSpan.FromSeconds(1);
    private readonly KernelLog log;
    private readonly KernelSockets sockets;
    private readonly WireFormat format;
    private readonly FrontEnd frontEnd;
    private readonly KernelInfo info;
    private readonly Responder responder;
    private readonly ShellContext context;
    private readonly ShellSet shells;
    private readonly Inspector inspector;
    private readonly ControlLoop control;
    private readonly ParentWatch parent;
    private readonly CancellationTokenSource end = new();

    /// <summary>Binds the sockets of a connection file and begins to answer.</summary>
    /// <param name="connectionFile">The file the front end has written.</param>
    /// <param name="options">The cells' runspace, and where they start.</param>
    /// <exception cref="InvalidDataException">The file is no connection file.</exception>
    /// <exception cref="IOException">A port of it cannot be had.</exception>
    public JupyterKernel(string connectionFile, KernelOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
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
        context = new ShellContext(frontEnd, responder, info, options, log.Add);
        shells = new ShellSet(context);
        inspector = new Inspector(context);
        control = new ControlLoop(responder, [.. SubshellHandler.All(frontEnd, shells), new DebugHandler(frontEnd, shells, inspector)]);
        end.Token.Register(shells.Stop);
        sockets.Start();
        frontEnd.Status(null, "starting");
    }

    /// <summary>Runs cells on this thread until a front end shuts the kernel down or <see cref="Stop"/> is called.</summary>
    public void Run()
    {
        shells.Main.Run();
        shells.Stop();
        shells.Join();
    }

    /// <summary>Stops the cells that run, in all shells, and aborts those that wait.</summary>
    public void Interrupt()
    {
        shells.Interrupt();
        inspector.Stop();
    }

    /// <summary>Ends <see cref="Run"/>.</summary>
    public void Stop() => end.Cancel();

    /// <summary>Sends pending messages and closes the sockets.</summary>
    public void Dispose()
    {
        parent.Dispose();
        inspector.Stop();
        control.Dispose();
        inspector.Dispose();
        sockets.Dispose();
        log.Dispose();
        shells.Dispose();
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

    // On the polling thread: nothing here may wait.
    private void Receive(Channel channel, IReadOnlyList<byte[]> frames)
    {
        if (format.Read(channel, frames, out string reason) is not { } request)
        {
            log.Add($"{channel}: a message was dropped: {reason}.");
        }
        else if (channel == Channel.Stdin)
        {
            context.Answers.Deliver(request);
        }
        else if (request.Type == Responder.Shutdown)
        {
            responder.Answer(request, ShutDown);
        }
        else if (channel == Channel.Control && request.Type == "interrupt_request")
        {
            responder.Answer(request, AnswerInterrupt);
        }
        else if (channel == Channel.Control && request.Type == info.RequestType)
        {
            responder.Answer(request, info.Handle);
        }
        else if (channel == Channel.Control)
        {
            control.Add(request);
        }
        else if (request.Type == info.RequestType && shells.Main.Variables is null)
        {
            Task.Run(() => responder.Answer(request, info.Handle)); // the engine is still starting; the front end need not wait for it
        }
        else if (!shells.Add(request))
        {
            responder.Answer(request, responder.RefuseSubshell);
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
