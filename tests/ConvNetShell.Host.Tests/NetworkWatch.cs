using System.Diagnostics.Tracing;

namespace ConvNetShell.Host.Tests;

/// <summary>Writes every name that a process resolves and every address it connects to into a file, one a line.</summary>
internal sealed class NetworkWatch : EventListener
{
    /// <summary>The environment variable that names the file.</summary>
    public const string Variable = "CONVNETSHELL_TEST_NETWORK";

    private readonly Lock gate = new();
    private readonly string? file = Environment.GetEnvironmentVariable(Variable);

    /// <inheritdoc />
    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name is "System.Net.NameResolution" or "System.Net.Sockets")
        {
            EnableEvents(eventSource, EventLevel.Informational);
        }
    }

    /// <inheritdoc />
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName is "ResolutionStart" or "ConnectStart" && file is not null)
        {
            lock (gate)
            {
                File.AppendAllText(file, $"{eventData.EventName} {string.Join(' ', eventData.Payload ?? [])}\n");
            }
        }
    }
}
