using System.Management.Automation;
using System.Xml.Linq;
using ConvNetShell.Module.Tests.Support;
using ConvNetShell.Testing;

namespace ConvNetShell.Module.Tests;

/// <summary>Each example of the help runs without an error, all in one session, on a few generated pictures.</summary>
[Trait("Speed", "Slow")]
public sealed class HelpExampleTests
{
    private const int Width = 76; // Get-Help indents output by 4 of 80 columns

    private static readonly string[] Assemblies = ["ConvNetShell.Cmdlets", "ConvNetShell.Kernel"];

    // Cmdlet, number of the example (0: all of them), and why it is not run here.
    private static readonly (string Cmdlet, int Number, string Reason)[] Left =
    [
        ("Export-Network", 6, "Python: ServingTests"),
        ("Export-Network", 7, "a program in C#: ServingTests"),
        ("Export-TensorBoard", 3, "sweeps: Start-Sweep.Tests.ps1"),
        ("Find-Match", 0, "identifies people: Find-Match.Tests.ps1"),
        ("Get-Caption", 0, "minutes of training: Get-Caption.Tests.ps1"),
        ("Get-Highlight", 0, "minutes of training: Get-Highlight.Tests.ps1"),
        ("Get-Sweep", 0, "sweeps: Get-Sweep.Tests.ps1"),
        ("Import-Dataset", 5, "a hundred archives: Streaming.Tests.ps1"),
        ("Import-Network", 2, "a file of 240 MB: PyTorchFileTests"),
        ("Import-Network", 5, "a file that Keras writes: ForeignFormats.Tests.ps1"),
        ("Install-ConvNetKernel", 1, "changes the user's kernels: Install-ConvNetKernel.Tests.ps1"),
        ("Measure-Caption", 0, "minutes of training: Measure-Caption.Tests.ps1"),
        ("Measure-Highlight", 0, "minutes of training: Measure-Highlight.Tests.ps1"),
        ("Measure-Network", 2, "half a minute of AlexNet: Measure-Network.Tests.ps1"),
        ("New-DreamImage", 2, "eight seconds: New-DreamImage.Tests.ps1"),
        ("Out-Display", 3, "updates need a notebook: Out-Display.Tests.ps1"),
        ("Remove-TrainingRun", 0, "frees the runs that other examples use: Remove-TrainingRun.Tests.ps1"),
        ("Resume-Sweep", 0, "starts processes: Resume-Sweep.Tests.ps1"),
        ("Save-Dataset", 1, "downloads: DatasetDownloaderTests"),
        ("Save-Dataset", 2, "writes 12,000 pictures: Save-Dataset.Tests.ps1"),
        ("Save-Dataset", 3, "downloads: DatasetDownloaderTests"),
        ("Save-Dataset", 4, "writes 12,000 pictures: Save-Dataset.Tests.ps1"),
        ("Set-Filter", 2, "its picture is another one by then: Set-Filter.Tests.ps1"),
        ("Show-Embedding", 2, "an attribute of faces: Show-Embedding.Tests.ps1"),
        ("Show-Lecture", 0, "serves until Ctrl+C: Show-Lecture.Tests.ps1"),
        ("Show-Sweep", 0, "sweeps: Show-Sweep.Tests.ps1"),
        ("Split-Dataset", 3, "a folder of people: Split-Dataset.Tests.ps1"),
        ("Start-ConvNetKernel", 0, "serves until a front end ends it: Start-ConvNetKernel.Tests.ps1"),
        ("Start-Sweep", 0, "starts processes: Start-Sweep.Tests.ps1"),
        ("Start-Training", 5, "a minute of Shapes: Start-Training.Tests.ps1"),
        ("Start-Training", 6, "two trainings of Shapes: Start-Training.Tests.ps1"),
        ("Test-ConvNetKernel", 0, "needs an installed kernel: Test-ConvNetKernel.Tests.ps1"),
        ("Test-Verification", 0, "pairs of people: Test-Verification.Tests.ps1"),
        ("Uninstall-ConvNetKernel", 0, "needs an installed kernel: Uninstall-ConvNetKernel.Tests.ps1"),
    ];

    [Fact]
    public void Every_example_runs_without_an_error()
    {
        using var folder = new TempFolder();
        using EngineSession session = ModuleFixture.NewSession();
        session.Invoke("param($folder) Set-Location $folder", folder.Path);
        string data = Environment.GetEnvironmentVariable("CONVNETSHELL_DATA") ?? string.Empty;
        string kernels = Environment.GetEnvironmentVariable("JUPYTER_DATA_DIR") ?? string.Empty;
        try
        {
            string context = Path.Combine(ModulePaths.Root, "tests", "ConvNetShell.Module.Tests", "Support", "ExampleContext.ps1");
            session.Invoke("param($script) . $script", context);
            var failed = new List<string>();
            int ran = 0;
            foreach ((string cmdlet, int number, string code, string output) in Examples(session))
            {
                if (!Left.Any(left => left.Cmdlet == cmdlet && (left.Number == 0 || left.Number == number)))
                {
                    ran++;
                    EngineResult result = session.Collect(
                        "param($code, $width) & ([scriptblock]::Create($code)) | Out-String -Width $width",
                        code,
                        Width
                    );
                    failed.AddRange(result.Errors.Select(error => $"{cmdlet}, example {number}: {code}\n{error}"));
                    if (output.Length > 0 && Tidy(string.Concat(result.Output)) is var shown && shown != output)
                    {
                        failed.Add($"{cmdlet}, example {number}: {code}\nexpected\n{output}\nshown\n{shown}");
                    }
                }
            }

            Assert.True(failed.Count == 0, string.Join("\n\n", failed));
            Assert.True(ran > 150, $"only {ran} examples were run");
        }
        finally
        {
            Environment.SetEnvironmentVariable("CONVNETSHELL_DATA", data.Length == 0 ? null : data);
            Environment.SetEnvironmentVariable("JUPYTER_DATA_DIR", kernels.Length == 0 ? null : kernels);
        }
    }

    [Fact]
    public void The_examples_that_are_left_out_exist()
    {
        using EngineSession session = ModuleFixture.NewSession();
        var examples = Examples(session);

        Assert.All(
            Left,
            left =>
                Assert.Contains(examples, example => example.Cmdlet == left.Cmdlet && (left.Number == 0 || left.Number == example.Number))
        );
    }

    private static IReadOnlyList<(string Cmdlet, int Number, string Code, string Output)> Examples(EngineSession session)
    {
        var documentation = Assemblies
            .SelectMany(name => XDocument.Load(Path.Combine(ModulePaths.Bin, $"{name}.xml")).Descendants("member"))
            .DistinctBy(member => member.Attribute("name")!.Value)
            .ToDictionary(member => member.Attribute("name")!.Value);
        return
        [
            .. session
                .Invoke(
                    """
                    foreach ($cmdlet in Get-Command -Module ConvNetShell | Sort-Object Name) {
                        $number = 0
                        foreach ($example in (Get-Help $cmdlet.Name -Full).examples.example) {
                            $type = $cmdlet.ImplementingType.FullName
                            [pscustomobject]@{ Cmdlet = $cmdlet.Name; Type = $type; Number = ++$number; Code = $example.code }
                        }
                    }
                    """
                )
                .Select(example =>
                {
                    int number = (int)example.Properties["Number"].Value;
                    XElement documented = documentation[$"T:{Text(example, "Type")}"].Elements("example").ElementAt(number - 1);
                    string output = documented.Element("output")?.Value ?? string.Empty;
                    return (Text(example, "Cmdlet"), number, Text(example, "Code"), Unindent(output));
                }),
        ];
    }

    // The compiler indents documentation by the depth of its element.
    private static string Unindent(string text)
    {
        string[] lines = [.. text.Split('\n').Where(line => line.Trim().Length > 0)];
        int indent = lines.Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty(0).Min();
        return Tidy(string.Join('\n', text.Split('\n').Select(line => line.Length < indent ? string.Empty : line[indent..])));
    }

    private static string Tidy(string text) => string.Join('\n', text.Split('\n').Select(line => line.TrimEnd())).Trim('\n');

    private static string Text(PSObject example, string name) => LanguagePrimitives.ConvertTo<string>(example.Properties[name].Value);
}
