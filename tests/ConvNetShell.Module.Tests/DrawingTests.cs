using System.Management.Automation;
using ConvNetShell.Testing;
using ConvNetShell.Module.Tests.Support;

namespace ConvNetShell.Module.Tests;

/// <summary>Figures as they are asked for: in a file, as a bundle, in a notebook and at the prompt.</summary>
public sealed class DrawingTests(ModuleFixture module)
{
    private const string Trained = "$run = New-Network -Spec 'conv3x3x4 relu pool2 fc3 softmax' -InputShape 3,8,8 -Seed 1 | Start-Training $images -Epochs 2 -BatchSize 8; $one = Select-Sample $images;";
    private static readonly byte[] PngSignature = [0x89, 0x50, 0x4E, 0x47];

    [Theory]
    [InlineData("$run")]
    [InlineData("$run.Network")]
    [InlineData("$run.History")]
    [InlineData("Get-Filter $run conv1")]
    [InlineData("Get-FeatureMap $run relu1 $one")]
    [InlineData("Get-FeatureMap $run conv1, fc1 $one -Gradient")]
    [InlineData("Get-ConfusionMatrix $run")]
    [InlineData("Measure-Accuracy $run")]
    [InlineData("(Measure-Accuracy $run).PerClass")]
    [InlineData("$one | Get-Prediction $run")]
    [InlineData("Select-Sample $images -Count 5")]
    [InlineData("Get-NetworkSummary $run")]
    [InlineData("Get-ReceptiveField $run")]
    [InlineData("Get-ReceptiveField $run conv1 -Effective")]
    [InlineData("Show-Network $run -Image $one -PassThru")]
    [InlineData("Show-Network $run -Weights -PassThru")]
    [InlineData("Show-Batch $images -PassThru -Count 4")]
    [InlineData("Show-Batch $images -SameImage -PassThru -Count 4")]
    [InlineData("Get-Saliency $run $one -Method Gradient, GradCam")]
    [InlineData("$run.Best")]
    [InlineData("Measure-Layer $run")]
    [InlineData("Measure-Layer $run -Layer conv1")]
    [InlineData("Measure-Network $run -Rounds 1 -BatchSize 4")]
    [InlineData("Measure-Calibration $run")]
    [InlineData("Compare-Network $run (New-Network -Spec 'fc3 softmax' -InputShape 3,8,8 -Classes $run.Network.Classes)")]
    [InlineData("Test-Invariance $run -Shift 0..2 -Flip")]
    [InlineData("Compare-Sharing $run.Network")]
    [InlineData("Get-MaximalPatch $run conv1 0, 2 -Top 3")]
    public void It_becomes_one_picture(string script)
    {
        using var folder = new TempFolder();
        foreach (string form in new[] { "png", "svg", "html" })
        {
            Assert.Equal(1, module.Get<int>($"param($at) {Trained} {script} | Export-Figure \"$at/x.{form}\" -PassThru | Measure-Object | ForEach-Object Count", folder.Path));
        }
        Assert.Equal(PngSignature, File.ReadAllBytes(folder["x.png"])[..4]);
        Assert.Contains("<svg", File.ReadAllText(folder["x.svg"]), StringComparison.Ordinal);
        Assert.StartsWith("<!doctype html>", File.ReadAllText(folder["x.html"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("($run | ConvertTo-MimeBundle).Data.Keys | Sort-Object", "image/png text/html text/plain")]
    [InlineData("($run | ConvertTo-MimeBundle -AllForms).Data.Keys | Sort-Object", "application/vnd.plotly.v1+json image/png image/svg+xml text/html text/plain")]
    [InlineData("(Get-Filter $run conv1 | ConvertTo-MimeBundle).Data.Keys | Sort-Object", "image/png text/plain")]
    [InlineData("(Get-Filter $run conv1 | ConvertTo-MimeBundle | Measure-Object).Count", "1")]
    [InlineData("(1, 'a', $null, (Get-Date) | ConvertTo-MimeBundle | Measure-Object).Count", "0")]
    [InlineData("(ConvertTo-MimeBundle -PageScript).Data['text/html'].StartsWith('<script>')", "True")]
    [InlineData("(Get-FeatureMap $run relu1 $one).Count", "4")]
    [InlineData("(Get-FeatureMap $run relu1 $one -Channel 1, 3).Channel", "1 3")]
    [InlineData("(Get-FeatureMap $run conv1 $one)[0].Data[2].Count", "8")]
    [InlineData("(Get-FeatureMap $run conv1 $one -Class red)[0].Class", "red")]
    [InlineData("$m = Get-ConfusionMatrix $run; $sum = 0; foreach ($a in $m.Classes) { foreach ($b in $m.Classes) { $sum += $m.Cell($a, $b).Count } }; $sum, $m.Count", "12 12")]
    [InlineData("$m = Get-ConfusionMatrix $run; ($m.Cell('red', 'red') | Get-Saliency GradCam | Measure-Object).Count -eq $m.Cell('red', 'red').Count", "True")]
    public void The_line_gives(string script, string expected) =>
        Assert.Equal(expected.Split(' '), module.Run(Trained + script).Select(value => LanguagePrimitives.ConvertTo<string>(value)));

    [Theory]
    [InlineData("Show-History $run", "loss")]
    [InlineData("Show-History", "training")]
    [InlineData("Get-Filter $run conv1 | Show-Image", "conv1: 4 pictures")]
    [InlineData("Show-Network $run", "conv1")]
    [InlineData("Show-Network $run -Image $one", "fc1")]
    [InlineData("Show-Batch $images -Count 3", "a training batch")]
    [InlineData("Show-Image $one", "blue")]
    [InlineData("Measure-Layer $run | Show-Figure", "units that do not learn")]
    [InlineData("Get-ConfusionMatrix $run | Show-Figure", "green")]
    [InlineData("$run.Best | Show-Figure", "validation")]
    [InlineData("Get-Filter $run conv1 | Show-Figure", "conv1: 4 pictures")]
    public void Without_colours_it_is_told_in_words(string script, string word)
    {
        using var home = new TempFolder();
        (_, string output, string error) = ChildShell.Run($"$images = Import-Dataset '{module.Images}'; {Trained} {script}", home);
        Assert.Contains(word, output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output);
        Assert.Empty(error.Trim());
    }

    [Fact]
    public void In_a_notebook_it_goes_to_the_display()
    {
        string[] keys = [.. module.Run(
            $$"""
            {{Trained}}
            $shown = [System.Collections.ArrayList]::new()
            $ConvNetDisplay = [pscustomobject]@{ Shown = $shown } | Add-Member -PassThru ScriptMethod Show { param($data) $null = $this.Shown.Add($data); 'id1' }
            try { Show-History $run; Get-Filter $run conv1 | Show-Image; $shown[0].Keys | Sort-Object; $shown[1].Keys | Sort-Object } finally { $ConvNetDisplay = $null }
            """).Select(value => value.ToString())];
        Assert.Equal(["image/png", "text/html", "text/plain", "image/png", "text/plain"], keys);
    }

    [Fact]
    public void Training_is_shown_in_one_place_that_changes()
    {
        string[] calls = [.. module.Run(
            """
            $calls = [System.Collections.ArrayList]::new()
            $ConvNetDisplay = [pscustomobject]@{ Calls = $calls } |
                Add-Member -PassThru ScriptMethod Show { param($data) $null = $this.Calls.Add("show $($data.Keys.Count)"); "id$($this.Calls.Count)" } |
                Add-Member -PassThru ScriptMethod Update { param($id, $data) $null = $this.Calls.Add("update $id $($data['text/plain'])") }
            try { $null = New-Network -Spec 'conv3x3x4 relu pool2 fc3' -InputShape 3,8,8 | Start-Training $images -Epochs 2 -BatchSize 8 -ShowFilters } finally { $ConvNetDisplay = $null }
            $calls
            """).Select(value => value.ToString())];
        Assert.Equal(["show 3", "show 2"], calls.Where(call => call.StartsWith("show", StringComparison.Ordinal)));
        Assert.Contains(calls, call => call.StartsWith("update id1 ", StringComparison.Ordinal) && call.Contains("2 epochs", StringComparison.Ordinal));
        Assert.Contains(calls, call => call.StartsWith("update id2 conv1: 4 pictures", StringComparison.Ordinal));
    }

    [Fact]
    public void Training_shown_in_a_file_is_drawn_once()
    {
        using var home = new TempFolder();
        (_, string output, _) = ChildShell.Run($"$images = Import-Dataset '{module.Images}'; $null = New-Network -Spec 'conv3x3x4 relu pool2 fc3' -InputShape 3,8,8 | Start-Training $images -Epochs 3 -BatchSize 8 -Show", home);
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(output, "└─+ +└"));
        Assert.DoesNotContain('\u001b', output);
    }

    [Fact]
    public void A_report_has_all_of_it_and_needs_nothing()
    {
        using var folder = new TempFolder();
        module.Run($"param($at) {Trained} $run | Export-NetworkReport \"$at/r.html\"; Export-NetworkReport \"$at/n.html\" $run.Network -Dataset $images -Dark; Export-NetworkReport \"$at/w.html\" LeNet5 -WhatIf", folder.Path);
        string page = File.ReadAllText(folder["r.html"]);
        Assert.All(new[] { "<h2>Layers</h2>", "<h2>Training</h2>", "<h2>Filters of conv1</h2>", "<h2>Accuracy</h2>", "<h2>Confusion</h2>", "seed 1" }, part => Assert.Contains(part, page, StringComparison.Ordinal));
        Assert.DoesNotMatch("<(?:script|img|link)[^>]*(?:src|href)=\"(?!data:)", page);
        Assert.DoesNotContain("<h2>Training</h2>", File.ReadAllText(folder["n.html"]), StringComparison.Ordinal);
        Assert.False(File.Exists(folder["w.html"]));
    }

    [Fact]
    public void Ten_thousand_filters_are_paged_and_weights_that_are_none_counted()
    {
        Assert.Contains("Page 2 of 3: 400 of 1,000 pictures.", module.Get<string>(
            "$net = New-Network -Spec 'conv1x1x1000 fc2' -InputShape 2,2,2; (Get-Filter $net conv1 | Show-Image -Page 2 6>&1) -join ''"), StringComparison.Ordinal);
        Assert.Contains("1 value is no finite number", module.Get<string>(
            "$net = New-Network -Spec 'conv2x2x3 fc2' -InputShape 1,4,4; Set-Filter $net conv1 0 ((1,2),(3,[double]::NaN)); (Get-Filter $net conv1 | Show-Image 6>&1) -join ''"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Export-Figure x.gif $run", "Setting.Invalid", ".png, .svg, .html or .json. Received: 'x.gif'")]
    [InlineData("3 | Export-Figure x.png", "Setting.Invalid", "Received: 'Int32'")]
    [InlineData("3 | Show-Figure", "Setting.Invalid", "Received: 'Int32'")]
    [InlineData("($run.History[0], (Get-Filter $run conv1)[0]) | Export-Figure ([io.path]::GetTempPath() + '/x.png')", "Setting.Invalid", ".html takes several. Received: '2 figures'")]
    [InlineData("Show-Image 3", "Setting.Invalid", "Received: 'Int32'")]
    [InlineData("3 | Show-History", "Setting.Invalid", "Received: 'Int32'")]
    [InlineData("Get-FeatureMap $run conv7 $one", "Setting.Invalid", "(did you mean conv1?). Received: 'conv7'")]
    [InlineData("Get-FeatureMap $run conv1 $one -Channel 9", "Setting.Invalid", "from 0 to 3 for conv1. Received: 9")]
    [InlineData("Get-FeatureMap $run conv1 $one -Class cat", "Setting.Invalid", "Received: 'cat'")]
    [InlineData("Get-ConfusionMatrix (New-Network LeNet5)", "Setting.Invalid", "-Dataset")]
    [InlineData("Show-Batch $images -Index 999", "Setting.Invalid", "Received: 999")]
    [InlineData("Export-NetworkReport x.pdf $run", "Setting.Invalid", "ends in .html. Received: 'x.pdf'")]
    [InlineData("$run | Export-Figure /nowhere/at/all.png", "Storage.Unwritable", "/nowhere/at/all.png")]
    public void What_is_wrong_is_said(string script, string id, string message)
    {
        module.Run(Trained);
        ErrorRecord error = module.Fail(script);
        Assert.StartsWith(id + ",ConvNetShell.Cmdlets.Commands.", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(message, error.Exception.Message, StringComparison.Ordinal);
    }
}
