using System.Management.Automation;
using System.Text.Json.Nodes;
using ConvNetShell.Display.Mime;
using ConvNetShell.Kernel.Output;

namespace ConvNetShell.Kernel.Debugging;

/// <summary>The part of the debug protocol that a front end's view of variables needs: it answers while cells run.</summary>
/// <param name="inspector">Draws values.</param>
/// <param name="variables">Lists them.</param>
/// <param name="present">Returns the variables of all cells.</param>
/// <param name="variablesOf">Returns the variables of a call of a stopped cell by its number.</param>
internal sealed class VariableCommands(
    Inspector inspector,
    VariableList variables,
    Func<IReadOnlyDictionary<string, PSVariable>> present,
    Func<int, IReadOnlyDictionary<string, PSVariable>> variablesOf
)
{
    /// <summary>Returns the body of a reply; <see langword="null"/> for another command.</summary>
    /// <exception cref="ArgumentException">There is no such variable or value.</exception>
    /// <exception cref="RuntimeException">It cannot be drawn.</exception>
    public JsonObject? Body(string command, DebugArguments arguments) =>
        command switch
        {
            "inspectVariables" => new JsonObject { ["variables"] = variables.Of(present()) },
            "variables" => new JsonObject { ["variables"] = variables.Inside(arguments.Number("variablesReference")) },
            "richInspectVariables" => Rich(arguments.Text("variableName").TrimStart('$'), arguments.Number("frameId")),
            _ => null,
        };

    private JsonObject Rich(string name, int frame)
    {
        PSVariable variable =
            (frame > 0 ? variablesOf(frame).GetValueOrDefault(name) : null)
            ?? present().GetValueOrDefault(name)
            ?? throw new ArgumentException($"There is no variable ${name}.", nameof(name));
        MimeBundle bundle = inspector.Render(variable.Value);
        return new JsonObject { ["data"] = MimeJson.Data(bundle), ["metadata"] = MimeJson.Metadata(bundle) };
    }
}
