using System.Text.Json.Nodes;
using ConvNetShell.Kernel.Notebooks;
using ConvNetShell.Kernel.Tests.Support;
using ConvNetShell.Testing;

namespace ConvNetShell.Kernel.Tests.Notebooks;

/// <summary>Notebooks with fields of wrong types: refused as a whole with one kind of error, before anything runs.</summary>
[Collection(OneAtATime.Name)]
public sealed class NotebookCheckTests : IDisposable
{
    private const string Good = """
        {"cells": [{"cell_type": "code", "source": ["1\n", "2"], "metadata": {"tags": ["parameters"]}, "outputs": [],
        "execution_count": null},
        {"cell_type": "markdown", "source": "x", "metadata": {}}], "metadata": {"kernelspec": {"language": "powershell"}, "language_info":
        {"name": "PowerShell"}}, "nbformat": 4, "nbformat_minor": 5}
        """;

    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Fact]
    public void A_notebook_passes()
    {
        Notebook notebook = Read(Good);

        Assert.Equal("1\n2", notebook.Cells[0].Source);
        Assert.Empty(notebook.ParameterNames!);
    }

    [Fact]
    public void Half_a_character_anywhere_is_found_before_anything_runs() =>
        Assert.Throws<InvalidDataException>(() => Read(Good.Replace("\"metadata\": {}", "\"metadata\": {\"a\": \"\\ud800\"}")));

    [Fact]
    public void Changed_notebooks_are_read_or_refused_and_nothing_else()
    {
        var random = new Random(1);
        string[] values = ["1", "-1", "1e400", "\"x\"", "null", "true", "[]", "{}", "[1]", "[[\"a\"]]", "{\"a\": 1}"];
        int refused = 0;
        for (int i = 0; i < Mutations.Count; i++)
        {
            JsonNode root = JsonNode.Parse(Good)!;
            for (int changes = random.Next(1, 4); changes > 0; changes--)
            {
                Change(root, JsonNode.Parse(values[random.Next(values.Length)]), random);
            }
            try
            {
                Notebook notebook = Read(root.ToJsonString());
                _ = notebook.Cells.Select(cell => (cell.Source, cell.IsCode, cell.MayFail)).ToArray();
                _ = notebook.ParameterNames;
                notebook.Inject("$a = 1");
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, Mutations.Count / 10, Mutations.Count - 1);
    }

    private static void Change(JsonNode node, JsonNode? value, Random random)
    {
        if (node is JsonObject { Count: > 0 } table)
        {
            string name = table.ElementAt(random.Next(table.Count)).Key;
            if (table[name] is { } inner and (JsonObject or JsonArray) && random.Next(3) > 0)
            {
                Change(inner, value, random);
            }
            else
            {
                table[name] = value;
            }
        }
        else if (node is JsonArray { Count: > 0 } list)
        {
            int index = random.Next(list.Count);
            if (list[index] is { } inner and (JsonObject or JsonArray) && random.Next(3) > 0)
            {
                Change(inner, value, random);
            }
            else
            {
                list[index] = value;
            }
        }
    }

    private Notebook Read(string text)
    {
        File.WriteAllText(file, text);
        return Notebook.Read(file);
    }
}
