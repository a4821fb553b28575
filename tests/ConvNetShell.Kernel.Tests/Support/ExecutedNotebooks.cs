using System.Collections;
using System.Text.Json.Nodes;
using ConvNetShell.Kernel.Tests.Notebooks;

namespace ConvNetShell.Kernel.Tests.Support;

/// <summary>
/// The notebooks of the repository with new outputs and, where it is the same on every machine, the answer to their exercise; each is run
/// once, when it is first asked for.
/// </summary>
public sealed class ExecutedNotebooks : IDisposable
{
    /// <summary>What a reader would type in the last cell but one, by the notebook's number.</summary>
    public static readonly IReadOnlyDictionary<string, string> Answers = new Dictionary<string, string>
    {
        ["01"] = "$Padding = 2; $Stride = 2",
        ["06"] = "$Answer = 3472",
        ["07"] = "$Answer = 128",
        ["10"] = "$Answer = 64",
    };

    // The longest one learns for a shorter time than its stored outputs did, and has lower floors.
    private static readonly Dictionary<string, Hashtable> Shorter = new()
    {
        ["10"] = new()
        {
            ["Epochs"] = 2,
            ["SeenFloor"] = 0.7,
            ["UnseenFloor"] = 0.6,
        },
    };
    private readonly ModuleSession module = new();
    private readonly Dictionary<string, Lazy<string>> files = [];

    /// <summary>Runs a notebook from top to bottom; every call fails where it fails.</summary>
    /// <returns>The file with its outputs.</returns>
    public string Run(string name)
    {
        if (!files.TryGetValue(name, out Lazy<string>? file))
        {
            files[name] = file = new Lazy<string>(() => Execute(name));
        }
        return file.Value;
    }

    public void Dispose() => module.Dispose();

    /// <summary>Writes a notebook with an answer to its exercise.</summary>
    /// <param name="name">Its file.</param>
    /// <param name="answer">What is typed in the last cell but one.</param>
    /// <returns>The written file.</returns>
    public string Answered(string name, string answer)
    {
        JsonNode notebook = JsonNode.Parse(File.ReadAllText(Path.Combine(CommittedNotebookTests.Folder, name)))!;
        JsonArray cells = notebook["cells"]!.AsArray();
        cells[^2]!["source"] = new JsonArray(answer);
        string file = Path.Combine(module.Folder, "answered-" + name);
        File.WriteAllText(file, notebook.ToJsonString());
        return file;
    }

    /// <summary>Runs a notebook from top to bottom.</summary>
    public void Invoke(string file, Hashtable parameters, string output) =>
        module.Session.Invoke(
            "param($path, $parameters, $output) Invoke-Notebook $path -Parameter $parameters -OutputPath $output",
            file,
            parameters,
            output
        );

    private string Execute(string name)
    {
        string number = name[..2],
            output = Path.Combine(module.Folder, name);
        // Fashion-MNIST comes from Debian's dataset-fashion-mnist; without it the first network learns Shapes, which are harder for it.
        bool isReplaced = number == "02" && !Directory.Exists("/usr/share/datasets/fashion-mnist");
        Hashtable parameters = isReplaced ? new Hashtable { ["Data"] = "Shapes", ["Floor"] = 0.4 } : Shorter.GetValueOrDefault(number, []);
        string file = Answers.TryGetValue(number, out string? answer)
            ? Answered(name, answer)
            : Path.Combine(CommittedNotebookTests.Folder, name);
        Invoke(file, parameters, output);
        return output;
    }
}
