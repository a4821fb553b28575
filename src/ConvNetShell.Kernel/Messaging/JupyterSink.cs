using System.Text.Json.Nodes;
using ConvNetShell.Display.Mime;
using ConvNetShell.Kernel.Output;

namespace ConvNetShell.Kernel.Messaging;

/// <summary>Publishes a cell's output to all front ends, as belonging to its request.</summary>
internal sealed class JupyterSink(FrontEnd frontEnd, byte[] parentHeader, int executionCount) : ICellSink
{
    private string? resultId;

    /// <summary>The text of the cell's result, for the history.</summary>
    public string? ResultText { get; private set; }

    /// <inheritdoc/>
    public void Stream(string name, string text) =>
        frontEnd.Publish(parentHeader, "stream", new JsonObject { ["name"] = name, ["text"] = text });

    /// <inheritdoc/>
    public void Display(MimeBundle content, string? id) => frontEnd.Publish(parentHeader, "display_data", Body(content, id));

    /// <inheritdoc/>
    public void Update(MimeBundle content, string id)
    {
        if (id == resultId)
        {
            ResultText = content.Text;
        }

        frontEnd.Publish(parentHeader, "update_display_data", Body(content, id));
    }

    /// <inheritdoc/>
    public void Result(MimeBundle content, string? id)
    {
        (ResultText, resultId) = (content.Text, id);
        JsonObject body = Body(content, id);
        body["execution_count"] = executionCount;
        frontEnd.Publish(parentHeader, "execute_result", body);
    }

    /// <inheritdoc/>
    public void Clear(bool wait) => frontEnd.Publish(parentHeader, "clear_output", new JsonObject { ["wait"] = wait });

    /// <inheritdoc/>
    public void Comm(CommMessage message) => frontEnd.Publish(parentHeader, message.Type, message.Content, message.Metadata);

    private static JsonObject Body(MimeBundle content, string? id)
    {
        var body = new JsonObject
        {
            ["data"] = MimeJson.Data(content),
            ["metadata"] = MimeJson.Metadata(content),
            ["transient"] = new JsonObject(),
        };
        if (id is not null)
        {
            body["transient"] = new JsonObject { ["display_id"] = id };
        }

        return body;
    }
}
