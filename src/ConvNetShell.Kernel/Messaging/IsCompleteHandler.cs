using System.Management.Automation.Language;
using System.Text.Json.Nodes;
using ConvNetShell.Kernel.Wire;

namespace ConvNetShell.Kernel.Messaging;

/// <summary>Says whether a text is a whole cell, the beginning of one, or wrong; the parser knows.</summary>
internal sealed class IsCompleteHandler(FrontEnd frontEnd) : IRequestHandler
{
    private const string Indent = "    ";

    /// <inheritdoc/>
    public string RequestType => "is_complete_request";

    /// <inheritdoc/>
    public void Handle(WireMessage request)
    {
        string code = request.Text("code"),
            status = Status(code);
        var content = new JsonObject { ["status"] = status };
        if (status == "incomplete")
        {
            content["indent"] = NextIndent(code);
        }

        frontEnd.Reply(request, "is_complete_reply", content);
    }

    /// <summary>complete, incomplete or invalid.</summary>
    public static string Status(string code)
    {
        Parser.ParseInput(code, out _, out ParseError[] errors);
        return errors.Length == 0 ? (EndsOpen(code) ? "incomplete" : "complete")
            : errors.Any(error => error.IncompleteInput) ? "incomplete"
            : "invalid";
    }

    // A line that ends with a backtick goes on, though the parser takes it as it is.
    private static bool EndsOpen(string code) => code.TrimEnd('\r', '\n').EndsWith(" `", StringComparison.Ordinal);

    private static string NextIndent(string code)
    {
        string line = code.TrimEnd().Split('\n')[^1];
        string indent = line[..(line.Length - line.TrimStart().Length)];
        return line.TrimEnd() is [.., '{' or '(' or '['] ? indent + Indent : indent;
    }
}
