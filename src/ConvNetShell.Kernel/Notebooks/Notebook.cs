using System.Collections;
using System.Globalization;
using System.Management.Automation.Language;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ConvNetShell.Display.Files;

namespace ConvNetShell.Kernel.Notebooks;

/// <summary>A notebook file, nbformat 4; unknown fields stay as they are.</summary>
internal sealed class Notebook
{
    private const string ParametersTag = "parameters",
        InjectedTag = "injected-parameters";
    private const int FirstWithIds = 5;
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        IndentSize = 1,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
    private readonly JsonObject root;

    private Notebook(JsonObject root) => this.root = root;

    /// <summary>The cells.</summary>
    public IReadOnlyList<NotebookCell> Cells => [.. Nodes.Select((node, index) => new NotebookCell((JsonObject)node!, index + 1))];

    private JsonArray Nodes => (JsonArray)this.root["cells"]!;

    /// <summary>Reads a notebook.</summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">The file is no notebook of nbformat 4.</exception>
    public static Notebook Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"Expected an existing notebook file. Received: {path}");
        }

        if (new FileInfo(path).Length == 0)
        {
            throw new InvalidDataException($"Expected a notebook file. Received: {path}, an empty file, a pipe or a device.");
        }
        try
        {
            return new Notebook(NotebookCheck.Require(JsonNode.Parse(File.ReadAllText(path)), path));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new InvalidDataException($"A notebook is JSON of nbformat 4. Received: {path}: {error.Message}", error);
        }
    }

    /// <summary>Writes the notebook.</summary>
    public void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        AtomicFile.Write(path, Encoding.UTF8.GetBytes(this.root.ToJsonString(Format) + "\n"));
    }

    /// <summary>Gets the names that the cell tagged "parameters" sets; <see langword="null"/> where there is no such cell.</summary>
    public IReadOnlyList<string>? ParameterNames =>
        Cells.FirstOrDefault(cell => cell.IsCode && cell.HasTag(ParametersTag)) is not { } cell
            ? null
            :
            [
                .. Parser
                    .ParseInput(cell.Source, out _, out _)
                    .FindAll(part => part is AssignmentStatementAst, searchNestedScriptBlocks: true)
                    .SelectMany(assignment =>
                        ((AssignmentStatementAst)assignment).Left.FindAll(
                            part => part is VariableExpressionAst,
                            searchNestedScriptBlocks: false
                        )
                    )
                    .Select(variable => ((VariableExpressionAst)variable).VariablePath.UserPath),
            ];

    /// <summary>Says which values the notebook does not ask for: most are misspelt. Null where it asks for all.</summary>
    public string? UnknownParameters(IEnumerable names)
    {
        if (ParameterNames is not { } known)
        {
            return "has no cell with the tag \"parameters\". The values are set before its first cell.";
        }

        string[] unknown =
        [
            .. names
                .Cast<object>()
                .Select(name => Convert.ToString(name, CultureInfo.InvariantCulture)!)
                .Except(known, StringComparer.OrdinalIgnoreCase),
        ];
        return unknown.Length > 0
            ? $"does not set {string.Join(", ", unknown)} in its parameters cell, which has {string.Join(", ", known)}."
            : null;
    }

    /// <summary>Puts a cell that sets parameters behind the one tagged "parameters", or first where there is none.</summary>
    public void Inject(string source)
    {
        if (Cells.FirstOrDefault(cell => cell.HasTag(InjectedTag)) is { } old)
        {
            Nodes.RemoveAt(old.Number - 1);
        }

        int index = Cells.FirstOrDefault(cell => cell.HasTag(ParametersTag))?.Number ?? 0;
        var cell = new JsonObject
        {
            ["cell_type"] = "code",
            ["execution_count"] = null,
            ["metadata"] = new JsonObject { ["tags"] = new JsonArray(InjectedTag) },
            ["outputs"] = new JsonArray(),
            ["source"] = source,
        };
        if (this.root["nbformat_minor"]?.GetValue<int>() >= FirstWithIds)
        {
            cell["id"] = InjectedTag;
        }

        Nodes.Insert(index, cell);
    }
}
