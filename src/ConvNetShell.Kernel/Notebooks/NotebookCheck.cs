using System.Text.Json.Nodes;

namespace ConvNetShell.Kernel.Notebooks;

/// <summary>Checks that a file is a notebook before anything of it runs: nbformat 4, each field of its type, in PowerShell.</summary>
internal static class NotebookCheck
{
    private static readonly string[] Kinds = ["code", "markdown", "raw"];
    private static readonly string[] Languages = ["powershell", "pwsh"];

    /// <summary>Passes where the root is a notebook that can run here.</summary>
    /// <param name="root">The file's JSON.</param>
    /// <param name="path">The file, for the error.</param>
    /// <exception cref="InvalidDataException">It is not; the message names the field, what was expected and what came.</exception>
    public static JsonObject Require(JsonNode? root, string path)
    {
        if (root is not JsonObject notebook)
        {
            throw Wrong(path, "the file", "a JSON object", root);
        }
        Expect(notebook["nbformat"], Number(notebook["nbformat"]) == 4, path, "nbformat", "4");
        Expect(
            notebook["nbformat_minor"],
            notebook["nbformat_minor"] is null || Number(notebook["nbformat_minor"]) >= 0,
            path,
            "nbformat_minor",
            "an integer"
        );
        Expect(notebook["metadata"], notebook["metadata"] is null or JsonObject, path, "metadata", "an object");
        Expect(notebook["cells"], notebook["cells"] is JsonArray, path, "cells", "a list");
        int number = 0;
        foreach (JsonNode? cell in (JsonArray)notebook["cells"]!)
        {
            CheckCell(cell, path, $"cell {++number}");
        }
        CheckLanguage(notebook, path);
        _ = notebook.ToJsonString(); // half a character somewhere would be found when the outputs are stored, too late
        return notebook;
    }

    private static void CheckCell(JsonNode? node, string path, string name)
    {
        if (node is not JsonObject cell)
        {
            throw Wrong(path, name, "an object", node);
        }
        Expect(cell["cell_type"], Kinds.Contains(Text(cell["cell_type"])), path, $"cell_type of {name}", "code, markdown or raw");
        Expect(
            cell["source"],
            cell["source"] is null
                || Text(cell["source"]) is not null
                || (cell["source"] is JsonArray lines && lines.All(line => Text(line) is not null)),
            path,
            $"source of {name}",
            "a text or a list of lines"
        );
        Expect(cell["metadata"], cell["metadata"] is null or JsonObject, path, $"metadata of {name}", "an object");
        JsonNode? tags = cell["metadata"]?["tags"];
        Expect(
            tags,
            tags is null || (tags is JsonArray list && list.All(tag => Text(tag) is not null)),
            path,
            $"tags of {name}",
            "a list of texts"
        );
    }

    private static void CheckLanguage(JsonObject notebook, string path)
    {
        foreach ((string part, string field) in new[] { ("language_info", "name"), ("kernelspec", "language") })
        {
            JsonNode? language = notebook["metadata"] is JsonObject about && about[part] is JsonObject known ? known[field] : null;
            if (language is not null && !Languages.Contains(Text(language), StringComparer.OrdinalIgnoreCase))
            {
                throw Wrong(path, "its language", "PowerShell", language);
            }
        }
    }

    private static int? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue(out int number) ? number : null;

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static void Expect(JsonNode? received, bool isMet, string path, string field, string expected)
    {
        if (!isMet)
        {
            throw Wrong(path, field, expected, received);
        }
    }

    private static InvalidDataException Wrong(string path, string field, string expected, JsonNode? received)
    {
        const int most = 60;
        string text = received?.ToJsonString() ?? "nothing";
        string shown = text.Length > most ? text[..most] + "..." : text;
        return new($"A notebook is JSON of nbformat 4: in {path}, {field} must be {expected}. Received: {shown}.");
    }
}
