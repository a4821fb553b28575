using System.Management.Automation;
using System.Text.Json.Nodes;
using ConvNetShell.Display.Mime;
using ConvNetShell.Kernel.Engine;
using ConvNetShell.Kernel.Wire;

namespace ConvNetShell.Kernel.Messaging;

/// <summary>Runs a cell.</summary>
internal sealed class ExecuteHandler(
    FrontEnd frontEnd,
    CellSession session,
    HistoryStore history,
    InputAnswers answers,
    Action abortWaiting
) : IRequestHandler
{
    private int count;

    /// <inheritdoc/>
    public string RequestType => "execute_request";

    /// <inheritdoc/>
    public void Handle(WireMessage request)
    {
        string code = request.Text("code");
        bool silent = request.Flag("silent");
        bool store = request.Flag("store_history", !silent) && !silent;
        if (store)
        {
            count++;
        }

        if (!silent)
        {
            frontEnd.Publish(request.HeaderBytes, "execute_input", new JsonObject { ["code"] = code, ["execution_count"] = count });
        }

        var sink = new JupyterSink(frontEnd, request.HeaderBytes, count);
        StdinInput? input = request.Flag("allow_stdin", true) ? new StdinInput(frontEnd, session, answers, request) : null;
        CellOutcome outcome = session.Run(count, code, sink, input, silent);
        if (store)
        {
            history.Add(count, code, sink.ResultText);
        }

        JsonObject reply = outcome.Error is { } error ? Reply.Error(error.Name, error.Message, error.Traceback) : Reply.Ok();
        if (outcome.Error is not null)
        {
            frontEnd.Publish(request.HeaderBytes, "error", Failure(reply));
            if (request.Flag("stop_on_error", true) || outcome.WasInterrupted)
            {
                abortWaiting();
            }
        }

        reply["execution_count"] = count;
        reply["user_expressions"] = outcome.Succeeded ? Evaluate(request.Content["user_expressions"] as JsonObject) : new JsonObject();
        reply["payload"] = new JsonArray();
        frontEnd.Reply(request, "execute_reply", reply);
    }

    /// <summary>Answers a request whose turn does not come: a cell before it failed.</summary>
    public void Abort(WireMessage request) =>
        frontEnd.Reply(request, "execute_reply", new JsonObject { ["status"] = "aborted", ["execution_count"] = count });

    private static JsonObject Failure(JsonObject reply)
    {
        var content = (JsonObject)reply.DeepClone();
        content.Remove("status");
        return content;
    }

    private JsonObject Evaluate(JsonObject? expressions)
    {
        var results = new JsonObject();
        foreach ((string name, JsonNode? expression) in expressions ?? [])
        {
            results[name] =
                expression is JsonValue value && value.TryGetValue(out string? text)
                    ? Evaluate(text)
                    : Reply.Error("ArgumentException", "An expression must be text.");
        }

        return results;
    }

    private JsonObject Evaluate(string expression)
    {
        try
        {
            string text = string.Concat(session.Collect("param($text) . ([scriptblock]::Create($text)) | Out-String", expression)).Trim();
            JsonObject result = Reply.Ok();
            result["data"] = new JsonObject { [MimeBundle.PlainText] = text };
            result["metadata"] = new JsonObject();
            return result;
        }
        catch (RuntimeException error)
        {
            return Reply.Error(error.GetType().Name, error.Message);
        }
    }
}
