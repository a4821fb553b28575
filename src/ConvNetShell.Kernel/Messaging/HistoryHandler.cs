using System.Management.Automation;
using System.Text.Json.Nodes;
using ConvNetShell.Kernel.Wire;

namespace ConvNetShell.Kernel.Messaging;

/// <summary>Returns the history: its tail, a session's range, or the matches of a pattern.</summary>
internal sealed class HistoryHandler(FrontEnd frontEnd, HistoryStore history) : IRequestHandler
{
    private const int Standard = 1000;

    /// <inheritdoc/>
    public string RequestType => "history_request";

    /// <inheritdoc/>
    public void Handle(WireMessage request)
    {
        bool output = request.Flag("output");
        JsonObject reply = Reply.Ok();
        reply["history"] = new JsonArray([.. Select(request).Select(entry => Item(entry, output))]);
        frontEnd.Reply(request, "history_reply", reply);
    }

    private IEnumerable<HistoryEntry> Select(WireMessage request) =>
        request.Text("hist_access_type", "tail") switch
        {
            "range" => Range(request.Number("session", 0), request.Number("start", 0), request.Number("stop", int.MaxValue)),
            "search" => Search(request.Text("pattern", "*"), request.Flag("unique")).TakeLast(Math.Max(request.Number("n", Standard), 0)),
            _ => history.Entries.TakeLast(Math.Max(request.Number("n", Standard), 0)),
        };

    // Session 0 is the present one, -1 the one before.
    private IEnumerable<HistoryEntry> Range(int session, int start, int stop)
    {
        int wanted = session > 0 ? session : history.Session + session;
        return history.Entries.Where(entry => entry.Session == wanted && entry.Line >= start && entry.Line < stop);
    }

    private IEnumerable<HistoryEntry> Search(string pattern, bool unique)
    {
        var wildcard = new WildcardPattern(pattern, WildcardOptions.IgnoreCase);
        _ = wildcard.IsMatch(string.Empty); // a pattern that is wrong is an error with an empty history too
        IEnumerable<HistoryEntry> found = history.Entries.Where(entry => wildcard.IsMatch(entry.Source));
        return unique ? found.GroupBy(entry => entry.Source, StringComparer.Ordinal).Select(group => group.Last()) : found;
    }

    private static JsonArray Item(HistoryEntry entry, bool output) =>
        output ? [entry.Session, entry.Line, new JsonArray(entry.Source, entry.Output)] : [entry.Session, entry.Line, entry.Source];
}
