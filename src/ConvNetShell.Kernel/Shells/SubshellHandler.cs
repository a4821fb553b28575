using System.Text.Json.Nodes;
using ConvNetShell.Kernel.Messaging;
using ConvNetShell.Kernel.Wire;

namespace ConvNetShell.Kernel.Shells;

/// <summary>Makes, lists and deletes subshells.</summary>
internal sealed class SubshellHandler(FrontEnd frontEnd, ShellSet shells, string requestType) : IRequestHandler
{
    private const string Create = "create_subshell_request",
        List = "list_subshell_request",
        Delete = "delete_subshell_request";

    /// <inheritdoc/>
    public string RequestType => requestType;

    /// <summary>One handler for each of the requests.</summary>
    public static IEnumerable<IRequestHandler> All(FrontEnd frontEnd, ShellSet shells) =>
        new[] { Create, List, Delete }.Select(type => new SubshellHandler(frontEnd, shells, type));

    /// <inheritdoc/>
    public void Handle(WireMessage request)
    {
        JsonObject reply = Reply.Ok();
        switch (requestType)
        {
            case Create:
                reply[Responder.SubshellId] = shells.Create();
                break;
            case List:
                reply[Responder.SubshellId] = new JsonArray([.. shells.Ids.Select(id => JsonValue.Create(id))]);
                break;
            case Delete when !shells.Delete(request.Text(Responder.SubshellId)):
                reply = Responder.NoSubshell(request.Text(Responder.SubshellId));
                break;
        }

        frontEnd.Reply(request, requestType.Replace("_request", "_reply", StringComparison.Ordinal), reply);
    }
}
