using System.Management.Automation;
using System.Text.Json.Nodes;
using ConvNetShell.Kernel.Messaging;
using ConvNetShell.Kernel.Output;
using ConvNetShell.Kernel.Shells;
using ConvNetShell.Kernel.Wire;

namespace ConvNetShell.Kernel.Debugging;

/// <summary>
/// The part of the debug protocol that a front end's view of variables needs: it answers while cells run. It sets no breakpoints and has no
/// frames, and says so with empty lists.
/// </summary>
internal sealed class DebugHandler(FrontEnd frontEnd, ShellSet shells, Inspector inspector) : IRequestHandler
{
    private const int NoLine = 0;
    private readonly VariableList variables = new();
    private bool isStarted;

    /// <inheritdoc/>
    public string RequestType => "debug_request";

    /// <inheritdoc/>
    public void Handle(WireMessage request)
    {
        string command = request.Text("command");
        JsonObject arguments = request.Content["arguments"] as JsonObject ?? [];
        JsonObject? body = null;
        string problem = string.Empty;
        try
        {
            body = Body(command, arguments);
            problem =
                $"This kernel has variables to show and no breakpoints; it does not answer {(command.Length > 0 ? command : "this")}.";
        }
        catch (Exception error) when (error is RuntimeException or ArgumentException)
        {
            problem = error.Message;
        }

        var reply = new JsonObject
        {
            ["type"] = "response",
            ["seq"] = NoLine,
            ["request_seq"] = request.Number("seq", NoLine),
            ["command"] = command,
            ["success"] = body is not null,
        };
        if (body is null)
        {
            reply["message"] = problem;
        }

        reply["body"] = body ?? [];
        frontEnd.Reply(request, "debug_reply", reply);
    }

    private JsonObject? Body(string command, JsonObject arguments)
    {
        switch (command)
        {
            case "debugInfo":
                return Info();
            case "initialize":
                isStarted = true;
                return new JsonObject { ["exceptionBreakpointFilters"] = new JsonArray() };
            case "attach" or "configurationDone" or "setExceptionBreakpoints":
                return [];
            case "disconnect":
                isStarted = false;
                return [];
            case "dumpCell":
                return new JsonObject { ["sourcePath"] = "cell.ps1" };
            case "setBreakpoints":
                return new JsonObject { ["breakpoints"] = new JsonArray() };
            case "threads":
                return new JsonObject { ["threads"] = new JsonArray() };
            case "stackTrace":
                return new JsonObject { ["stackFrames"] = new JsonArray() };
            case "scopes":
                return new JsonObject { ["scopes"] = new JsonArray() };
            case "modules":
                return new JsonObject { ["modules"] = new JsonArray() };
            case "inspectVariables":
                return new JsonObject { ["variables"] = variables.Of(Present()) };
            case "variables":
                return new JsonObject { ["variables"] = variables.Inside(Number(arguments, "variablesReference")) };
            case "richInspectVariables":
                return Rich(Text(arguments, "variableName"));
            default:
                return null;
        }
    }

    private IReadOnlyDictionary<string, PSVariable> Present() =>
        shells.Main.Variables?.Read() ?? new Dictionary<string, PSVariable>(StringComparer.OrdinalIgnoreCase);

    private JsonObject Rich(string name)
    {
        PSVariable variable =
            Present().GetValueOrDefault(name.TrimStart('$')) ?? throw new ArgumentException($"There is no variable ${name}.", nameof(name));
        Display.Mime.MimeBundle bundle = inspector.Render(variable.Value);
        return new JsonObject { ["data"] = MimeJson.Data(bundle), ["metadata"] = MimeJson.Metadata(bundle) };
    }

    private JsonObject Info() =>
        new()
        {
            ["isStarted"] = isStarted,
            ["hashMethod"] = "Murmur2",
            ["hashSeed"] = 0,
            ["tmpFilePrefix"] = "cell_",
            ["tmpFileSuffix"] = ".ps1",
            ["breakpoints"] = new JsonArray(),
            ["stoppedThreads"] = new JsonArray(),
            ["richRendering"] = true,
            ["exceptionPaths"] = new JsonArray(),
            ["copyToGlobals"] = false,
        };

    private static string Text(JsonObject arguments, string name) =>
        arguments[name] is JsonValue value && value.TryGetValue(out string? text) ? text : string.Empty;

    private static int Number(JsonObject arguments, string name) =>
        arguments[name] is JsonValue value && value.TryGetValue(out int number) ? number : 0;
}
