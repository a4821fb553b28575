using System.Text.Json.Nodes;
using ConvNetShell.Display.Mime;

namespace ConvNetShell.Kernel.Output;

/// <summary>Gathers a cell's outputs as a notebook file stores them.</summary>
/// <param name="executionCount">The cell's number.</param>
/// <param name="isStatic">True where charts are stored without their script, as pictures.</param>
internal sealed class NotebookSink(int executionCount, bool isStatic) : ICellSink
{
    private readonly Dictionary<string, JsonObject> displays = new(StringComparer.Ordinal);
    private bool clearWithNext;

    /// <summary>The outputs.</summary>
    public JsonArray Outputs { get; } = [];

    /// <inheritdoc/>
    public void Stream(string name, string text)
    {
        if (
            !clearWithNext
            && Outputs.LastOrDefault() is JsonObject last
            && last["output_type"]!.GetValue<string>() == "stream"
            && last["name"]!.GetValue<string>() == name
        )
        {
            last["text"] = last["text"]!.GetValue<string>() + text;
            return;
        }

        Add(
            new JsonObject
            {
                ["name"] = name,
                ["output_type"] = "stream",
                ["text"] = text,
            }
        );
    }

    /// <inheritdoc/>
    public void Display(MimeBundle content, string? id)
    {
        JsonObject output = Body("display_data", content);
        if (output["data"]!.AsObject().Count == 0)
        {
            return; // the page's script alone
        }

        Add(output, id);
    }

    /// <inheritdoc/>
    void ICellSink.Update(MimeBundle content, string id) => Update(content, id);

    /// <summary>Replaces what was shown under an id.</summary>
    /// <returns>Whether it was shown here.</returns>
    public bool Update(MimeBundle content, string id)
    {
        if (!displays.TryGetValue(id, out JsonObject? output))
        {
            return false;
        }

        JsonObject data = Data(content);
        if (data.Count == 0 || content.Data.Values.All(string.IsNullOrEmpty))
        {
            Outputs.Remove(output); // a bar that is done leaves nothing in the file
            displays.Remove(id);
        }
        else
        {
            output["data"] = data;
            output["metadata"] = MimeJson.Metadata(content);
        }

        return true;
    }

    /// <inheritdoc/>
    public void Result(MimeBundle content, string? id)
    {
        JsonObject output = Body("execute_result", content);
        output["execution_count"] = executionCount;
        Add(output, id);
    }

    /// <inheritdoc/>
    public void Clear(bool wait)
    {
        clearWithNext = wait;
        if (!wait)
        {
            Outputs.Clear();
        }
    }

    /// <inheritdoc/>
    public void Comm(CommMessage message)
    {
        // A notebook's file has no front end that answers.
    }

    /// <summary>Adds an error.</summary>
    /// <param name="name">The name of its type.</param>
    /// <param name="message">Its message.</param>
    /// <param name="traceback">The lines to show.</param>
    public void Fail(string name, string message, IEnumerable<string> traceback) =>
        Add(
            new JsonObject
            {
                ["ename"] = name,
                ["evalue"] = message,
                ["output_type"] = "error",
                ["traceback"] = new JsonArray([.. traceback.Select(line => JsonValue.Create(line))]),
            }
        );

    private void Add(JsonObject output, string? id = null)
    {
        if (clearWithNext)
        {
            clearWithNext = false;
            Outputs.Clear();
        }

        Outputs.Add(output);
        if (id is not null)
        {
            displays[id] = output;
        }
    }

    // Charts that need a script are stored as their pictures, and not at all where they have none.
    private JsonObject Data(MimeBundle content)
    {
        JsonObject data = MimeJson.Data(content);
        if (isStatic && content.NeedsPageScript)
        {
            data.Remove(MimeBundle.Html);
            data.Remove(MimeBundle.Plotly);
            return content.Data.ContainsKey(MimeBundle.Png) ? data : [];
        }

        return data;
    }

    private JsonObject Body(string type, MimeBundle content) =>
        new()
        {
            ["data"] = Data(content),
            ["metadata"] = MimeJson.Metadata(content),
            ["output_type"] = type,
        };
}
