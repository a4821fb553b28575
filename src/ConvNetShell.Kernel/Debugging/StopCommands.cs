using System.Management.Automation;
using System.Text.Json.Nodes;
using ConvNetShell.Kernel.Breakpoints;

namespace ConvNetShell.Kernel.Debugging;

/// <summary>The part of the debug protocol that sets breakpoints and goes through a stopped cell.</summary>
internal sealed class StopCommands(CellDebugger debugger, VariableList variables, Func<IReadOnlyDictionary<string, PSVariable>> present)
{
    /// <summary>The one thread that the protocol knows: that of the cells.</summary>
    public const int Thread = 1;

    private static readonly Dictionary<string, DebuggerResumeAction> Steps = new(StringComparer.Ordinal)
    {
        ["continue"] = DebuggerResumeAction.Continue,
        ["next"] = DebuggerResumeAction.StepOver,
        ["stepIn"] = DebuggerResumeAction.StepInto,
        ["stepOut"] = DebuggerResumeAction.StepOut,
        ["terminate"] = DebuggerResumeAction.Stop,
    };

    /// <summary>Returns the body of a reply; <see langword="null"/> for another command.</summary>
    /// <exception cref="ArgumentException">There is no such cell, file or call.</exception>
    /// <exception cref="InvalidOperationException">No cell is stopped, and the command needs one.</exception>
    /// <exception cref="RuntimeException">An expression fails.</exception>
    public JsonObject? Body(string command, DebugArguments arguments)
    {
        if (Steps.TryGetValue(command, out DebuggerResumeAction action))
        {
            Stop().Resume(action);
            return command == "continue" ? new JsonObject { ["allThreadsContinued"] = true } : [];
        }

        switch (command)
        {
            case "dumpCell":
                return new JsonObject { ["sourcePath"] = debugger.Files.Add(arguments.Text("code")) };
            case "setBreakpoints":
                return Set(arguments);
            case "threads":
                return new JsonObject { ["threads"] = new JsonArray(new JsonObject { ["id"] = Thread, ["name"] = "cells" }) };
            case "stackTrace":
                return StackTrace();
            case "scopes":
                return Scopes(arguments.Number("frameId"));
            case "source":
                return Source(arguments.Inside("source").Text("path"));
            case "evaluate":
                return Evaluate(arguments.Text("expression"));
            case "pause":
                debugger.Pause();
                return [];
            case "modules":
                return new JsonObject { ["modules"] = new JsonArray() };
            default:
                return null;
        }
    }

    /// <summary>Returns the breakpoints that are set, as <c>debugInfo</c> has them.</summary>
    public JsonArray Breakpoints() =>
        new([
            .. debugger
                .Breakpoints()
                .Where(file => file.Value.Count > 0)
                .Select(file => new JsonObject
                {
                    ["source"] = file.Key,
                    ["breakpoints"] = new JsonArray([.. file.Value.Select(each => new JsonObject { ["line"] = each.Line })]),
                }),
        ]);

    /// <summary>Returns the threads that are stopped, as <c>debugInfo</c> has them.</summary>
    public JsonArray StoppedThreads() => debugger.Stop is null ? [] : [Thread];

    /// <summary>Returns the variables of a call.</summary>
    /// <param name="frame">Its number, counted from 1.</param>
    /// <exception cref="InvalidOperationException">No cell is stopped.</exception>
    /// <exception cref="ArgumentException">There is no such call.</exception>
    public IReadOnlyDictionary<string, PSVariable> VariablesOf(int frame)
    {
        CellStop stop = Stop();
        return frame < 1 || frame > stop.Frames.Count
            ? throw new ArgumentException($"There is no call {frame}: 1 to {stop.Frames.Count} are known.", nameof(frame))
            : stop.Do(() => CallVariables.Of(stop, stop.Frames[frame - 1]));
    }

    private JsonObject Set(DebugArguments arguments)
    {
        string path = arguments.Inside("source").Text("path");
        BreakpointRequest[] requests =
        [
            .. arguments
                .Items("breakpoints")
                .Select(each => new BreakpointRequest(each.Number("line"), each.Text("condition") is { Length: > 0 } text ? text : null)),
        ];
        IEnumerable<JsonObject> states = debugger
            .Set(path, requests)
            .Select(
                (state, i) =>
                    state.Line is { } line
                        ? new JsonObject
                        {
                            ["id"] = state.Id,
                            ["verified"] = true,
                            ["line"] = line,
                            ["source"] = new JsonObject { ["path"] = path },
                        }
                        : new JsonObject
                        {
                            ["verified"] = false,
                            ["line"] = requests[i].Line,
                            ["message"] = state.Problem,
                        }
            );
        return new JsonObject { ["breakpoints"] = new JsonArray([.. states]) };
    }

    private JsonObject StackTrace()
    {
        IReadOnlyList<CallStackFrame> frames = debugger.Stop?.Frames ?? [];
        return new JsonObject
        {
            ["stackFrames"] = new JsonArray([
                .. frames.Select(
                    (frame, i) =>
                        new JsonObject
                        {
                            ["id"] = i + 1,
                            ["name"] = frame.FunctionName,
                            ["line"] = frame.Position.StartLineNumber,
                            ["column"] = frame.Position.StartColumnNumber,
                            ["endLine"] = frame.Position.EndLineNumber,
                            ["endColumn"] = frame.Position.EndColumnNumber,
                            ["source"] = new JsonObject { ["name"] = Path.GetFileName(frame.ScriptName), ["path"] = frame.ScriptName },
                        }
                ),
            ]),
            ["totalFrames"] = frames.Count,
        };
    }

    private JsonObject Scopes(int frame)
    {
        return new JsonObject
        {
            ["scopes"] = debugger.Stop is null ? [] : new JsonArray(Scope("Local", VariablesOf(frame)), Scope("Global", present())),
        };
    }

    private JsonObject Scope(string name, IReadOnlyDictionary<string, PSVariable> known) =>
        new()
        {
            ["name"] = name,
            ["variablesReference"] = variables.Reference(new VariableScope(known)),
            ["expensive"] = false,
        };

    private JsonObject Source(string path) =>
        new() { ["content"] = debugger.Files.Find(path) ?? File.ReadAllText(path), ["mimeType"] = "text/x-powershell" };

    private JsonObject Evaluate(string expression)
    {
        IReadOnlyList<PSObject> output = debugger.Evaluate(expression);
        object? value = output.Count switch
        {
            0 => string.Empty,
            1 => output[0],
            _ => output.ToArray(),
        };
        JsonObject entry = variables.Entry(expression, value, expression);
        return new JsonObject
        {
            ["result"] = entry["value"]!.DeepClone(),
            ["type"] = entry["type"]!.DeepClone(),
            ["variablesReference"] = entry["variablesReference"]!.DeepClone(),
        };
    }

    private CellStop Stop() => debugger.Stop ?? throw new InvalidOperationException("No cell is stopped.");
}
