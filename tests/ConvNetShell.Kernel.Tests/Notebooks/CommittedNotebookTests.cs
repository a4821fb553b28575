using System.Text.Json.Nodes;
using ConvNetShell.Kernel.Tests.Support;

namespace ConvNetShell.Kernel.Tests.Notebooks;

/// <summary>
/// The notebooks of the repository: each runs from top to bottom, holds what it asserts, makes a page that works, and is
/// committed with its outputs.
/// </summary>
[Trait("Speed", "Slow")]
[Collection(OneAtATime.Name)]
public sealed class CommittedNotebookTests(ExecutedNotebooks notebooks) : IClassFixture<ExecutedNotebooks>
{
    /// <summary>Where they lie.</summary>
    public static readonly string Folder = Path.Combine(
        Path.GetDirectoryName((string)AppContext.GetData("ConvNetShell.Manifest")!)!,
        "notebooks"
    );

    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Folder, "*.ipynb").Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_runs_and_reaches_its_floor(string name) => Assert.True(File.Exists(notebooks.Run(name)));

    [Theory]
    [MemberData(nameof(Names))]
    public void The_right_answer_to_its_exercise_is_right(string name) =>
        Assert.Contains(
            ExecutedNotebooks.Answers.ContainsKey(name[..2]) ? "Right." : "No answer yet",
            JsonNode.Parse(File.ReadAllText(notebooks.Run(name)))!["cells"]!.AsArray()[^1]!["outputs"]!.ToJsonString(),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_wrong_answer_stops_the_notebook_and_gets_the_hint()
    {
        string name = Names.First(row => row.Data.StartsWith("01", StringComparison.Ordinal)).Data;
        string output = Path.ChangeExtension(notebooks.Run(name), ".wrong.ipynb"),
            answered = notebooks.Answered(name, "$Padding = 0; $Stride = 1");
        Exception error = Assert.ThrowsAny<Exception>(() => notebooks.Invoke(answered, [], output));
        Assert.Contains("24x24 is not it. A padding of 2 keeps 28", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void They_become_pages_that_work_without_a_network()
    {
        Programs.Need("chromium", "chromium");
        Programs.NeedPython("nbconvert, tornado", JupyterHome.Packages);
        using var jupyter = new JupyterHome();
        jupyter.PassScript("notebooks.py", Names.Select(name => notebooks.Run(name.Data)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_committed_with_its_outputs_and_no_error(string name)
    {
        JsonNode[] cells =
        [
            .. JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, name)))!["cells"]!
                .AsArray()
                .Where(cell => cell!["cell_type"]!.GetValue<string>() == "code")!,
        ];

        Assert.Equal(Enumerable.Range(1, cells.Length), cells.Select(cell => cell["execution_count"]!.GetValue<int>()));
        Assert.Contains(cells, cell => cell["outputs"]!.AsArray().Count > 0);
        JsonNode[] outputs = [.. cells.SelectMany(cell => cell["outputs"]!.AsArray())!];
        Assert.DoesNotContain(outputs, output => output["output_type"]!.GetValue<string>() == "error");
        Assert.DoesNotContain(outputs, output => output["name"]?.GetValue<string>() == "stderr"); // a warning, as that of busy cores

        // As GitHub shows them: pictures that stand still, none too large to be shown.
        string[] pictures = [.. outputs.Select(output => output["data"]?["image/png"]?.GetValue<string>()).OfType<string>()];
        Assert.NotEmpty(pictures);
        Assert.All(pictures, picture => Assert.InRange(picture.Length, 100, 200_000));
        Assert.DoesNotContain("<script", File.ReadAllText(Path.Combine(Folder, name)), StringComparison.OrdinalIgnoreCase);
        Assert.InRange(new FileInfo(Path.Combine(Folder, name)).Length, 1, 400_000);
    }
}
