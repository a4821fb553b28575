using System.Management.Automation;
using System.Text.Json.Nodes;
using ConvNetShell.Kernel.Breakpoints;
using ConvNetShell.Kernel.Messaging;
using ConvNetShell.Kernel.Shells;
using ConvNetShell.Kernel.Wire;

namespace ConvNetShell.Kernel.Debugging;

/// <summary>
/// The debug protocol, as Jupyter carries it: variables, which need no start, and the breakpoints of the main shell's cells.
/// </summary>
internal sealed class DebugHandler : IRequestHandler
{
    private const int NoNumber = 0;
    private readonly FrontEnd frontEnd;
    private readonly CellDebugger debugger;
    private readonly VariableCommands variables;
    private readonly StopCommands stops;
    private int events;

    public DebugHandler(FrontEnd frontEnd, ShellSet shells, Inspector inspector)
    {
        this.frontEnd = frontEnd;
        debugger = shells.Main.Debugger;
        var list = new VariableList();
        IReadOnlyDictionary<string, PSVariable> Present() =>
            shells.Main.Variables?.Read() ?? new Dictionary<string, PSVariable>(StringComparer.OrdinalIgnoreCase);
        stops = new StopCommands(debugger, list, Present);
        variables = new VariableCommands(inspector, list, Present, stops.VariablesOf);
        debugger.Stopped += reason => Tell("stopped", new JsonObject { ["reason"] = reason, ["allThreadsStopped"] = true });
        debugger.Continued += () => Tell("continued", new JsonObject { ["allThreadsContinued"] = true });
    }

    /// <inheritdoc/>
    public string RequestType => "debug_request";

    /// <inheritdoc/>
    public void Handle(WireMessage request)
    {
        string command = request.Text("command");
        JsonObject? body = null;
        string problem = string.Empty;
        try
        {
            var arguments = new DebugArguments(request.Content["arguments"] as JsonObject ?? []);
            body = Body(command, arguments) ?? variables.Body(command, arguments) ?? stops.Body(command, arguments);
            problem = $"This kernel does not answer {(command.Length > 0 ? command : "a request without a command")}.";
        }
        catch (Exception error)
            when (error
                    is RuntimeException
                        or ArgumentException
                        or InvalidOperationException
                        or TimeoutException
                        or IOException
                        or UnauthorizedAccessException
            )
        {
            problem = error.Message;
        }

        var reply = new JsonObject
        {
            ["type"] = "response",
            ["seq"] = NoNumber,
            ["request_seq"] = request.Number("seq", NoNumber),
            ["command"] = command,
            ["success"] = body is not null,
        };
        if (body is null)
        {
            reply["message"] = problem;
        }

        reply["body"] = body ?? [];
        frontEnd.Reply(request, "debug_reply", reply);
        if (command == "attach" && body is not null)
        {
            Tell("initialized", []); // from now on, a front end sends its breakpoints
        }
    }

    private JsonObject? Body(string command, DebugArguments arguments)
    {
        switch (command)
        {
            case "debugInfo":
                return Info();
            case "initialize":
                debugger.Start();
                return new JsonObject
                {
                    ["supportsConfigurationDoneRequest"] = true,
                    ["supportsConditionalBreakpoints"] = true,
                    ["supportsTerminateRequest"] = true,
                    ["exceptionBreakpointFilters"] = new JsonArray(),
                };
            case "attach" or "configurationDone" or "setExceptionBreakpoints":
                return [];
            case "disconnect":
                debugger.End();
                return [];
            default:
                return null;
        }
    }

    private JsonObject Info() =>
        new()
        {
            ["isStarted"] = debugger.IsOn,
            ["hashMethod"] = CellFiles.HashMethod,
            ["hashSeed"] = CellFiles.HashSeed,
            ["tmpFilePrefix"] = debugger.Files.Prefix,
            ["tmpFileSuffix"] = CellFiles.Suffix,
            ["breakpoints"] = stops.Breakpoints(),
            ["stoppedThreads"] = stops.StoppedThreads(),
            ["richRendering"] = true,
            ["exceptionPaths"] = new JsonArray(),
            ["copyToGlobals"] = false,
        };

    private void Tell(string name, JsonObject body)
    {
        if (name != "initialized")
        {
            body["threadId"] = StopCommands.Thread;
        }

        frontEnd.Publish(
            null,
            "debug_event",
            new JsonObject
            {
                ["type"] = "event",
                ["seq"] = Interlocked.Increment(ref events),
                ["event"] = name,
                ["body"] = body,
            }
        );
    }
}
