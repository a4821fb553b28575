using System.Text.Json.Nodes;
using ConvNetShell.Kernel.Wire;

namespace ConvNetShell.Kernel.Messaging;

/// <summary>
/// Answers requests between the states busy and idle. A front end waits for the reply to each request, so a request that cannot be
/// answered, or whose handler fails, gets a reply with status error.
/// </summary>
/// <param name="frontEnd">Whom it answers.</param>
/// <param name="ready">Called before a shell request is answered: waits for the front end to listen.</param>
/// <param name="log">Receives a line for each request that fails.</param>
internal sealed class Responder(FrontEnd frontEnd, Action ready, Action<string> log)
{
    /// <summary>The request that ends the kernel.</summary>
    public const string Shutdown = "shutdown_request";

    /// <summary>The field that has the id of a subshell, in headers and in the messages that make and delete one.</summary>
    public const string SubshellId = "subshell_id";

    private const string RequestEnding = "_request",
        NoSubshellName = "SubshellNotFound";
    private const int Longest = 100;

    /// <summary>Answers a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="answer">Sends the reply.</param>
    public void Answer(WireMessage request, Action<WireMessage> answer)
    {
        if (request.Channel == Channel.Shell && request.Type != Shutdown)
        {
            ready();
        }

        frontEnd.Status(request.HeaderBytes, "busy");
        try
        {
            answer(request);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            log($"{request.Type}: {error}");
            Fail(request, error.GetType().Name, error.Message);
        }
        finally
        {
            frontEnd.Status(request.HeaderBytes, "idle");
        }
    }

    /// <summary>Says that there is no answer to a request.</summary>
    public void Refuse(WireMessage request)
    {
        log($"{request.Channel}: there is no answer to {request.Type}.");
        Fail(
            request,
            "NotSupported",
            $"This kernel does not answer {request.Type} on the {request.Channel.ToString().ToLowerInvariant()} channel."
        );
    }

    /// <summary>Says that a request names a subshell that does not exist.</summary>
    public void RefuseSubshell(WireMessage request)
    {
        JsonObject error = NoSubshell(request.SubshellId ?? string.Empty);
        log($"{request.Type}: {error["evalue"]}");
        Fail(request, (string)error["ename"]!, (string)error["evalue"]!);
    }

    /// <summary>The error of a request that names a subshell that does not exist.</summary>
    public static JsonObject NoSubshell(string id)
    {
        string message = $"There is no subshell '{(id.Length > Longest ? id[..Longest] + "..." : id)}'; it may have been deleted.";
        return Messaging.Reply.Error(NoSubshellName, message, $"{NoSubshellName}: {message}");
    }

    private void Fail(WireMessage request, string name, string message)
    {
        if (!request.Type.EndsWith(RequestEnding, StringComparison.Ordinal))
        {
            return; // comm messages have no reply
        }

        JsonObject reply = Reply.Error(name, message, $"{name}: {message}");
        frontEnd.Reply(request, request.Type[..^RequestEnding.Length] + "_reply", reply);
        if (request.Type == "execute_request")
        {
            reply.Remove("status");
            frontEnd.Publish(request.HeaderBytes, "error", reply);
        }
    }
}
