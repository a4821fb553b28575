using System.Text.Json.Nodes;
using ConvNetShell.Kernel.Wire;

namespace ConvNetShell.Kernel.Tests.Support;

/// <summary>The part of a front end that speaks the debug protocol.</summary>
internal sealed class DebugClient(KernelFixture kernel)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Sends a command and returns the whole reply.</summary>
    public JsonObject Ask(string command, JsonObject? arguments = null) =>
        kernel
            .Client.Ask(
                Channel.Control,
                "debug_request",
                new JsonObject
                {
                    ["type"] = "request",
                    ["seq"] = 1,
                    ["command"] = command,
                    ["arguments"] = arguments ?? [],
                },
                Patience
            )
            .Content;

    /// <summary>Sends a command that has to succeed and returns the reply's body.</summary>
    public JsonNode Body(string command, JsonObject? arguments = null)
    {
        JsonObject reply = Ask(command, arguments);
        Assert.True(reply["success"]!.GetValue<bool>(), reply.ToJsonString());
        return reply["body"]!;
    }

    /// <summary>Sets breakpoints in a cell.</summary>
    /// <returns>The breakpoints as the kernel has them.</returns>
    public JsonArray Break(string code, params int[] lines) =>
        Break(code, new JsonArray([.. lines.Select(line => new JsonObject { ["line"] = line })]));

    /// <summary>Sets breakpoints in a cell.</summary>
    public JsonArray Break(string code, JsonArray breakpoints)
    {
        string path = Body("dumpCell", new JsonObject { ["code"] = code })["sourcePath"]!.GetValue<string>();
        var arguments = new JsonObject
        {
            ["source"] = new JsonObject { ["path"] = path },
            ["breakpoints"] = breakpoints,
        };
        return Body("setBreakpoints", arguments)["breakpoints"]!.AsArray();
    }

    /// <summary>Runs a cell up to where it stops.</summary>
    /// <returns>Its request's id, and the reason.</returns>
    public (string Cell, string Reason) Start(string code)
    {
        string cell = kernel.Client.Send(Channel.Shell, "execute_request", new JsonObject { ["code"] = code, ["allow_stdin"] = false });
        return (cell, Stopped());
    }

    /// <summary>Lets the cell go on, up to where it stops again.</summary>
    /// <returns>The reason.</returns>
    public string Go(string command)
    {
        Body(command);
        return Stopped();
    }

    /// <summary>Lets the cell go on to its end.</summary>
    public IReadOnlyList<WireMessage> End(string cell, string command = "continue")
    {
        Body(command);
        return kernel.Client.Outputs(cell, Patience);
    }

    /// <summary>Waits until a cell stops.</summary>
    /// <returns>The reason.</returns>
    public string Stopped()
    {
        while (kernel.Client.Receive(Channel.Iopub, Patience) is var (message, _))
        {
            if (message.Type == "debug_event" && message.Text("event") == "stopped")
            {
                return message.Content["body"]!["reason"]!.GetValue<string>();
            }
        }

        throw new TimeoutException("No cell has stopped.");
    }

    /// <summary>Returns the calls of the stopped cell, as <c>name:line</c>, innermost first.</summary>
    public string[] Calls() => [.. Body("stackTrace")["stackFrames"]!.AsArray().Select(frame => $"{frame!["name"]}:{frame["line"]}")];

    /// <summary>Returns the variables of a call, as <c>name=value</c>.</summary>
    public string[] Locals(int frame)
    {
        JsonNode scope = Body("scopes", new JsonObject { ["frameId"] = frame })["scopes"]![0]!;
        var arguments = new JsonObject { ["variablesReference"] = scope["variablesReference"]!.GetValue<int>() };
        return [.. Body("variables", arguments)["variables"]!.AsArray().Select(each => $"{each!["name"]}={each["value"]}")];
    }

    /// <summary>Evaluates an expression where the cell is stopped.</summary>
    public string Evaluate(string expression) =>
        Body("evaluate", new JsonObject { ["expression"] = expression })["result"]!.GetValue<string>();
}
