using System.Management.Automation;
using System.Text.Json.Nodes;
using ConvNetShell.Kernel.Engine;
using ConvNetShell.Kernel.Wire;

namespace ConvNetShell.Kernel.Messaging;

/// <summary>Completes commands, parameters, values, files, variables and members, as the engine's Tab does.</summary>
internal sealed class CompleteHandler(FrontEnd frontEnd, CellSession session) : IRequestHandler
{
    private const int Most = 500;

    /// <inheritdoc/>
    public string RequestType => "complete_request";

    /// <inheritdoc/>
    public void Handle(WireMessage request)
    {
        string code = request.Text("code");
        int cursor = CodePoints.ToIndex(code, request.Number("cursor_pos", int.MaxValue));
        CommandCompletion? found = Complete(code, cursor);
        CompletionResult[] matches = [.. (found?.CompletionMatches ?? []).Take(Most)];
        int start = matches.Length > 0 && found!.ReplacementIndex >= 0 ? found.ReplacementIndex : cursor;
        int end = matches.Length > 0 && found!.ReplacementIndex >= 0 ? start + found.ReplacementLength : cursor;
        int first = CodePoints.FromIndex(code, start),
            last = CodePoints.FromIndex(code, end);

        JsonObject reply = Reply.Ok();
        reply["matches"] = new JsonArray([.. matches.Select(match => JsonValue.Create(match.CompletionText))]);
        reply["cursor_start"] = first;
        reply["cursor_end"] = last;
        reply["metadata"] = new JsonObject
        {
            ["_jupyter_types_experimental"] = new JsonArray([
                .. matches.Select(match => new JsonObject
                {
                    ["start"] = first,
                    ["end"] = last,
                    ["text"] = match.CompletionText,
                    ["type"] = Kind(match.ResultType),
                    ["signature"] = match.ToolTip,
                }),
            ]),
        };
        frontEnd.Reply(request, "complete_reply", reply);
    }

    private CommandCompletion? Complete(string code, int cursor)
    {
        try
        {
            return session.With(shell => CommandCompletion.CompleteInput(code, cursor, null, shell));
        }
        catch (Exception error) when (error is RuntimeException or InvalidOperationException)
        {
            return null; // a completer of somebody's that fails completes nothing
        }
    }

    private static string Kind(CompletionResultType type) =>
        type switch
        {
            CompletionResultType.Command => "function",
            CompletionResultType.Method => "method",
            CompletionResultType.ParameterName => "param",
            CompletionResultType.Property => "property",
            CompletionResultType.Variable => "instance",
            CompletionResultType.Type => "class",
            CompletionResultType.Namespace => "module",
            CompletionResultType.Keyword or CompletionResultType.DynamicKeyword => "keyword",
            CompletionResultType.ProviderItem or CompletionResultType.ProviderContainer => "path",
            _ => "text",
        };
}
