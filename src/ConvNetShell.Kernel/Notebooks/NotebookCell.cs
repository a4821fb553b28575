using System.Text.Json.Nodes;

namespace ConvNetShell.Kernel.Notebooks;

/// <summary>A cell of a notebook.</summary>
/// <param name="node">Its JSON.</param>
/// <param name="number">Its number in the notebook, from 1.</param>
internal sealed class NotebookCell(JsonObject node, int number)
{
    /// <summary>Its number in the notebook, from 1.</summary>
    public int Number => number;

    /// <summary>True where it can be run.</summary>
    public bool IsCode => node["cell_type"]?.GetValue<string>() == "code";

    /// <summary>Its text.</summary>
    public string Source =>
        node["source"] switch
        {
            JsonArray lines => string.Concat(lines.Select(line => line?.GetValue<string>())),
            JsonValue text => text.GetValue<string>(),
            _ => string.Empty,
        };

    /// <summary>Its outputs.</summary>
    public JsonArray Outputs => node["outputs"] as JsonArray ?? [];

    /// <summary>True where an error of the cell is expected.</summary>
    public bool MayFail => HasTag("raises-exception");

    /// <summary>Whether the cell has a tag.</summary>
    public bool HasTag(string tag) => node["metadata"]?["tags"] is JsonArray tags && tags.Any(each => each?.GetValue<string>() == tag);

    /// <summary>Gives the cell the outputs of a run.</summary>
    public void Store(JsonArray outputs, int executionCount)
    {
        node["outputs"] = outputs;
        node["execution_count"] = executionCount;
    }

    /// <summary>Takes the outputs of an earlier run away.</summary>
    public void Clear()
    {
        node["outputs"] = new JsonArray();
        node["execution_count"] = null;
    }
}
