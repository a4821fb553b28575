using System.Text.Json.Nodes;
using ConvNetShell.Testing;

namespace ConvNetShell.Kernel.Tests.Support;

/// <summary>A session with the module imported, and a folder of its own.</summary>
public sealed class ModuleSession : IDisposable
{
    public ModuleSession()
    {
        Folder = Directory.CreateTempSubdirectory("cnsh-notebooks-").FullName;
        Session = new EngineSession((string)AppContext.GetData("ConvNetShell.Manifest")!, Folder);
    }

    public string Folder { get; }

    public EngineSession Session { get; }

    /// <summary>Writes a notebook with these code cells; the first has the tag "parameters".</summary>
    public string Write(string name, params IReadOnlyList<string> cells)
    {
        var notebook = new JsonObject
        {
            ["cells"] = new JsonArray([
                .. cells.Select(
                    (source, index) =>
                        new JsonObject
                        {
                            ["cell_type"] = "code",
                            ["execution_count"] = null,
                            ["id"] = $"cell-{index}",
                            ["metadata"] = index == 0 ? new JsonObject { ["tags"] = new JsonArray("parameters") } : new JsonObject(),
                            ["outputs"] = new JsonArray(),
                            ["source"] = source,
                        }
                ),
            ]),
            ["metadata"] = new JsonObject
            {
                ["kernelspec"] = new JsonObject
                {
                    ["name"] = "convnetshell",
                    ["display_name"] = "ConvNetShell",
                    ["language"] = "powershell",
                },
            },
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        };
        string path = Path.Combine(Folder, name);
        File.WriteAllText(path, notebook.ToJsonString());
        return path;
    }

    /// <summary>Reads the outputs of a notebook's cells.</summary>
    public JsonArray[] Outputs(string name) =>
        [.. JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, name)))!["cells"]!.AsArray().Select(cell => cell!["outputs"]!.AsArray())];

    public void Dispose()
    {
        Session.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
