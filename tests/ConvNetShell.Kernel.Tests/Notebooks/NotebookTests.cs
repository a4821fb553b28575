using System.Management.Automation;
using System.Text.Json.Nodes;
using ConvNetShell.Kernel.Notebooks;
using ConvNetShell.Kernel.Tests.Support;
using ConvNetShell.Testing;

namespace ConvNetShell.Kernel.Tests.Notebooks;

/// <summary>Invoke-Notebook: a notebook without Python.</summary>
[Collection(OneAtATime.Name)]
public sealed class NotebookTests(ModuleSession module) : IClassFixture<ModuleSession>
{
    [Fact]
    public void A_notebook_runs_in_its_folder_and_its_outputs_are_stored()
    {
        string path = module.Write(
            "a.ipynb",
            "$n = 2",
            "Write-Host 'text'; '<b>x</b>' | Out-Display -Html; $n * 21",
            "(Get-Location).Path; (New-Network -Preset LeNet5).ParameterCount"
        );

        PSObject result = Assert.Single(module.Session.Invoke("param($path) Invoke-Notebook $path -OutputPath out/a.ipynb", path));

        JsonArray[] outputs = module.Outputs("out/a.ipynb");
        Assert.Equal(3, result.Properties["Cells"].Value);
        Assert.Empty(outputs[0]);
        Assert.Equal(["stream", "display_data", "execute_result"], outputs[1].Select(output => output!["output_type"]!.GetValue<string>()));
        Assert.Equal("42", outputs[1][2]!["data"]!["text/plain"]!.GetValue<string>());
        Assert.Equal($"{module.Folder}\n61706", outputs[2][0]!["data"]!["text/plain"]!.GetValue<string>());
        Assert.Equal("[]", JsonNode.Parse(File.ReadAllText(path))!["cells"]![1]!["outputs"]!.ToJsonString());
    }

    [Fact]
    public void A_static_notebook_has_charts_as_pictures_without_a_script()
    {
        string path = module.Write(
            "c.ipynb",
            "(1..2 | ForEach-Object { Trace-Convolution 1,1,0 -Kernel 1,-1 }).Count",
            "Get-ReceptiveField LeNet5",
            "New-Network LeNet5"
        );

        module.Session.Invoke(
            "param($path) Invoke-Notebook $path -OutputPath c1.ipynb -Static; Invoke-Notebook $path -OutputPath c2.ipynb",
            path
        );

        Assert.Equal(["image/png", "text/plain"], Forms(module.Outputs("c1.ipynb")[1][0]!));
        Assert.Equal(["image/png", "text/html", "text/plain"], Forms(module.Outputs("c1.ipynb")[2][0]!)); // a table needs no script
        Assert.Equal(["text/html", "text/plain"], Forms(module.Outputs("c2.ipynb")[1][0]!));
        JsonNode chart = module.Outputs("c2.ipynb")[1][1]!;
        Assert.Equal(["application/vnd.plotly.v1+json", "image/png", "text/html", "text/plain"], Forms(chart));

        // What a page without the script, or one that runs none, shows of it.
        string picture = chart["data"]!["image/png"]!.GetValue<string>();
        Assert.Contains(
            $"src=\"data:image/png;base64,{picture}\"",
            chart["data"]!["text/html"]!.GetValue<string>(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("Get-NetworkPreset LeNet5; New-Network LeNet5; Get-NetworkPreset LeNet5; 42", "text text/html text")]
    [InlineData("$s = Get-NetworkSummary LeNet5; $s[0]; New-Network LeNet5; $s[1]", "text text/html text")]
    [InlineData(
        "$f = Get-Filter LeNet5 conv1; $f[0]; Start-Sleep -Milliseconds 600; $f[1]; Start-Sleep -Milliseconds 600; $f[2]",
        "image/png"
    )]
    [InlineData("$f = Get-Filter LeNet5 conv1; $f[0]; $f[1]; $f[2]; 'end'", "image/png text")]
    public void Every_object_is_shown_in_order_at_any_speed(string cell, string expected)
    {
        string path = module.Write("o.ipynb", cell, $"& {{ {cell} }} | Out-Display");

        module.Session.Invoke("param($path) Invoke-Notebook $path -OutputPath o1.ipynb", path);

        foreach (JsonArray outputs in module.Outputs("o1.ipynb").Take(2))
        {
            // Text is a stream in the middle of a cell, a result at its end.
            string[] kinds =
            [
                .. outputs.Select(output =>
                    output!["data"] is JsonObject data && data.FirstOrDefault(form => form.Key != "text/plain").Key is { } rich
                        ? rich == "image/png" && data.ContainsKey("text/html")
                            ? "text/html"
                            : rich
                        : "text"
                ),
            ];
            Assert.Equal(expected, string.Join(' ', kinds));
        }

        if (expected.StartsWith("image", StringComparison.Ordinal))
        {
            Assert.Contains(
                ": 3 pictures",
                module.Outputs("o1.ipynb")[0][0]!["data"]!["text/plain"]!.GetValue<string>(),
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public void An_error_says_in_which_cells_it_was_raised_and_called()
    {
        string error = Traceback("function Bad { Get-Item /no/such }\nfunction Worse { Bad }", "1\nWorse");

        Assert.Contains(
            "At In[1], line 1, in Bad\nCalled from In[1], line 2, in Worse\nCalled from In[2], line 2\n",
            error,
            StringComparison.Ordinal
        );
        Assert.Contains("+                ~~~~", error, StringComparison.Ordinal);
        Assert.DoesNotContain("At line:", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("%%time\n1+1", "Try: Measure-Command { ... }")]
    [InlineData("!nosuch -l", "Try: nosuch -l")]
    [InlineData("%matplotlib inline", "Try: Get-Command")]
    [InlineData("%pwd", "Try: Get-Location")]
    public void A_magic_is_answered_with_the_way_of_PowerShell(string cell, string expected) =>
        Assert.EndsWith(expected, Traceback(cell), StringComparison.Ordinal);

    private string Traceback(params string[] cells)
    {
        string path = module.Write("e.ipynb", cells);
        Assert.ThrowsAny<RuntimeException>(() => module.Session.Invoke("param($path) Invoke-Notebook $path -OutputPath e1.ipynb", path));
        return string.Join('\n', module.Outputs("e1.ipynb")[cells.Length - 1].Last()!["traceback"]!.AsArray());
    }

    [Fact]
    public void Colors_that_somebody_chose_stay_and_others_are_left_to_the_front_end()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 }, "NO_COLOR is set.");
        string path = module.Write(
            "g.ipynb",
            "$PSStyle.OutputRendering = 'Host'; Write-Host -ForegroundColor Green a; Write-Host -NoNewline \"`e[2J`e[1mb`e[0m\"; Write-Warning c",
            "[pscustomobject]@{ X = 1 }",
            "$PSStyle.OutputRendering = 'PlainText'" // one for the process
        );

        module.Session.Invoke("param($path) Invoke-Notebook $path -OutputPath g1.ipynb", path);

        JsonArray[] outputs = module.Outputs("g1.ipynb");
        Assert.Equal("\e[92ma\e[0m\n\e[1mb\e[0m", outputs[0][0]!["text"]!.GetValue<string>());
        Assert.Equal("\e[33mWARNING: c\e[0m\n", outputs[0][1]!["text"]!.GetValue<string>());
        Assert.Equal("X\n-\n1", outputs[1][0]!["data"]!["text/plain"]!.GetValue<string>());
    }

    private static IEnumerable<string> Forms(JsonNode output) =>
        output["data"]!.AsObject().Select(form => form.Key).Order(StringComparer.Ordinal);

    [Fact]
    public void Parameters_stand_behind_their_cell_and_take_the_place_of_older_ones()
    {
        string path = module.Write("p.ipynb", "$Epochs = 5; $Names = @()", "\"$Epochs $($Names -join '+') $($Table.a)\"");

        module.Session.Invoke(
            "param($path) Invoke-Notebook $path -Parameter @{ Epochs = 1; Names = 'it''s', 'b'; Table = @{ a = 1.5 } } "
                + "-OutputPath p1.ipynb; Invoke-Notebook p1.ipynb -Parameter @{ Epochs = 2 } -OutputPath p2.ipynb",
            path
        );

        Assert.Equal("1 it's+b 1.5", Text(module.Outputs("p1.ipynb")[2]));
        Assert.Equal("2", Text(module.Outputs("p2.ipynb")[2]));
        Assert.Equal(3, module.Outputs("p2.ipynb").Length);
    }

    [Fact]
    public void The_cell_that_fails_is_named_and_what_was_done_is_stored()
    {
        string path = module.Write("f.ipynb", "1", "throw 'on purpose'", "3");

        EngineResult result = module.Session.Collect("param($path) Invoke-Notebook $path -OutputPath f1.ipynb; 'after'", path);

        Assert.Empty(result.Output); // it ends the script, as throw does
        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Contains("Cell 2 of f.ipynb failed", error.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("Notebook.CellFailed", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal([1, 1, 0], module.Outputs("f1.ipynb").Select(outputs => outputs.Count));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{\"nbformat\":3,\"worksheets\":[]}")]
    [InlineData("{\"nbformat\":4,\"cells\":[1]}")]
    public void What_is_no_notebook_is_an_error_that_says_so(string text)
    {
        File.WriteAllText(Path.Combine(module.Folder, "no.ipynb"), text);

        Assert.Contains(
            "A notebook is JSON of nbformat 4",
            Assert.Single(module.Session.Collect("Invoke-Notebook no.ipynb").Errors).ToString(),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Expected an existing notebook file",
            Assert.Single(module.Session.Collect("Invoke-Notebook missing.ipynb").Errors).ToString(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("@{ 'a b' = 1 }")]
    [InlineData("@{ a = [System.Text.StringBuilder]::new() }")]
    public void A_parameter_that_cannot_be_written_is_an_error(string parameter)
    {
        string path = module.Write("q.ipynb", "1");

        Assert.StartsWith(
            "Notebook.BadParameter",
            Assert.Single(module.Session.Collect($"Invoke-Notebook '{path}' -Parameter {parameter}").Errors).FullyQualifiedErrorId,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("$x; \"`n'`$('\"; 'a''b'")]
    public void Texts_keep_every_character(string text) =>
        Assert.Equal(text, Assert.Single(module.Session.Invoke(PowerShellLiteral.Of(text))).BaseObject);

    [Fact]
    public void The_session_of_the_caller_stays_as_it_was()
    {
        string path = module.Write("s.ipynb", "$global:leak = 1; Set-Location /");

        module.Session.Invoke("param($path) Invoke-Notebook $path", path);

        Assert.Equal(
            $" {module.Folder} Continue",
            Assert.Single(module.Session.Invoke("\"$leak $(Get-Location) $ErrorActionPreference\"")).ToString()
        );
    }

    private static string Text(JsonArray outputs) => outputs[0]!["data"]!["text/plain"]!.GetValue<string>().Trim();
}
