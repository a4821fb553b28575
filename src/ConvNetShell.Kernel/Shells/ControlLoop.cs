using System.Collections.Concurrent;
using ConvNetShell.Kernel.Messaging;
using ConvNetShell.Kernel.Wire;

namespace ConvNetShell.Kernel.Shells;

/// <summary>Answers the requests of the control channel that may take a while, in their order, whatever the shells do.</summary>
internal sealed class ControlLoop : IDisposable
{
    private readonly BlockingCollection<WireMessage> requests = [];
    private readonly Dictionary<string, IRequestHandler> handlers;
    private readonly Responder responder;
    private readonly Thread thread;

    public ControlLoop(Responder responder, IEnumerable<IRequestHandler> handlers)
    {
        this.responder = responder;
        this.handlers = handlers.ToDictionary(handler => handler.RequestType, StringComparer.Ordinal);
        thread = new Thread(Run) { IsBackground = true, Name = "ConvNetShell control" };
        thread.Start();
    }

    /// <summary>Adds a request.</summary>
    public void Add(WireMessage request) => requests.Add(request);

    /// <inheritdoc/>
    public void Dispose()
    {
        requests.CompleteAdding();
        thread.Join();
        requests.Dispose();
    }

    private void Run()
    {
        foreach (WireMessage request in requests.GetConsumingEnumerable())
        {
            responder.Answer(request, handlers.TryGetValue(request.Type, out IRequestHandler? handler) ? handler.Handle : responder.Refuse);
        }
    }
}
