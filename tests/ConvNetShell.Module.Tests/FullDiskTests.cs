using System.Management.Automation;
using ConvNetShell.Module.Tests.Support;
using ConvNetShell.Testing;

namespace ConvNetShell.Module.Tests;

/// <summary>
/// A disk of a few MB that is full: each writer ends in an error with an id, the earlier file is as it was, and nothing else is there.
/// </summary>
public sealed class FullDiskTests(ModuleFixture module)
{
    private const int PageDisk = 12; // MB; plotly.js takes 4

    private const string Train =
        "New-Network -Spec 'conv3x3x4 relu pool2 fc3' -InputShape 3,8,8 | Start-Training $images -BatchSize 6 "
        + "-CheckpointPath \"$disk/run\" ";

    private const string Notebook =
        "'{\"cells\":[{\"cell_type\":\"code\",\"execution_count\":null,\"metadata\":{},\"outputs\":[],\"source\":\"'+$code+'\"}],"
        + "\"metadata\":{},\"nbformat\":4,\"nbformat_minor\":4}' | Set-Content -LiteralPath ";

    [Theory]
    [InlineData("Select-Sample $images -Count 5 | Export-Figure \"$disk/a.png\"", "Storage.Unwritable")]
    [InlineData("Get-ConfusionMatrix $run -Split Train | Export-Figure \"$disk/a.svg\"", "Storage.Unwritable")]
    [InlineData("Show-History $run -PassThru | Export-Figure \"$disk/a.html\"", "Storage.Unwritable")]
    [InlineData("$run.History | Export-Figure \"$disk/a.json\"", "Storage.Unwritable")]
    [InlineData("$run | Export-NetworkReport \"$disk/a.html\"", "Storage.Unwritable")]
    [InlineData("$null = $images | Save-Dataset -Path \"$disk/png\" -Force", "Storage.Unwritable")]
    [InlineData("$null = $images | Save-Dataset -Path \"$disk/idx\" -Format Idx -Force", "Storage.Unwritable")]
    [InlineData("$null = $wide | Save-Dataset -Path \"$disk/cifar\" -Format Cifar -Force", "Storage.Unwritable")]
    [InlineData("$null = New-CrowdPicture -Height 100 -Width 100 -Path \"$disk/a.png\"", "Storage.Unwritable")]
    [InlineData("$null = New-CrowdPicture -Height 100 -Width 100 -TemplatePath \"$disk/b.png\"", "Storage.Unwritable")]
    [InlineData("$null = Invoke-Notebook \"$disk/n.ipynb\" -OutputPath \"$disk/n.ipynb\"", "Notebook.NotWritten")]
    [InlineData("$null = Invoke-Notebook \"$disk/n.ipynb\" -OutputPath \"$disk/out/n.ipynb\"", "Notebook.NotWritten")]
    [InlineData("$null = Install-ConvNetKernel -Prefix \"$disk/venv\"", "Kernel.NotInstalled")]
    [InlineData(Train + "-Epochs 1 | Out-Null", "Storage.*")] // a folder that holds a run is refused before
    public void A_writer_leaves_the_earlier_file(string line, string id)
    {
        using var disk = new SmallDisk(line.Contains(".html", StringComparison.Ordinal) ? PageDisk : 3);
        Prepare(disk);
        module.Run(line);
        string before = disk.Content;
        disk.Fill();

        ErrorRecord error = module.Fail(line);

        Assert.Matches($"^{id.Replace("*", "[A-Za-z]+", StringComparison.Ordinal)},ConvNetShell", error.FullyQualifiedErrorId);
        Assert.Equal(before, disk.Content);
    }

    [Theory]
    [InlineData("$run | Export-Figure \"$disk/a.svg\"")]
    [InlineData("$run | Export-NetworkReport \"$disk/a.html\"")]
    [InlineData("$images | Save-Dataset -Path \"$disk/png\"")]
    [InlineData("$images | Save-Dataset -Path \"$disk/idx\" -Format Idx")]
    [InlineData("$wide | Save-Dataset -Path \"$disk/cifar\" -Format Cifar")]
    [InlineData("New-CrowdPicture -Height 100 -Width 100 -Path \"$disk/a.png\"")]
    [InlineData("Invoke-Notebook \"$disk/n.ipynb\" -OutputPath \"$disk/o.ipynb\"")]
    [InlineData("Install-ConvNetKernel -Prefix \"$disk/venv\"")]
    [InlineData(Train + "-Epochs 1")]
    public void A_writer_leaves_no_half_file(string line)
    {
        using var disk = new SmallDisk();
        Prepare(disk);
        string before = disk.Content;
        disk.Fill();

        Assert.Matches("^(Storage.Unwritable|Notebook.NotWritten|Kernel.NotInstalled),", module.Fail(line).FullyQualifiedErrorId);

        Assert.Equal(before, disk.Content);
    }

    [Fact]
    public void A_cell_that_fails_is_named_where_the_notebook_cannot_be_stored_either()
    {
        using var disk = new SmallDisk();
        Prepare(disk, "throw 7");
        disk.Fill();

        EngineResult result = module.Session.Collect("Invoke-Notebook \"$disk/n.ipynb\" -OutputPath \"$disk/n.ipynb\"");

        Assert.StartsWith("Notebook.CellFailed", Assert.Single(result.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("n.ipynb", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_training_completes_and_says_which_checkpoint_is_the_latest()
    {
        using var disk = new SmallDisk();
        Prepare(disk);
        module.Run("param($fill) $fill = $fill", (Action)disk.Fill);

        EngineResult result = module.Session.Collect(
            $"$r = {Train} -Epochs 4 -OnEpoch {{ if ($_.Epoch -eq 2) {{ $fill.Invoke() }} }}; \"$($r.Status) $($r.History.Count)\"; "
                + "$again = Resume-Training \"$disk/run\" -WarningAction SilentlyContinue; "
                + "\"$($again.Status) $($again.History[-1].TrainLoss -eq $r.History[-1].TrainLoss)\""
        );

        Assert.Empty(result.Errors);
        Assert.Equal(["Completed 4", "Completed True"], result.Output.Select(item => item.ToString()));
        Assert.All(result.Warnings, text => Assert.Contains("is the latest checkpoint", text, StringComparison.Ordinal));
        Assert.NotEmpty(result.Warnings);
        Assert.DoesNotContain(".tmp", disk.Content, StringComparison.Ordinal);
    }

    private void Prepare(SmallDisk disk, string code = "6 * 7") =>
        module.Run(
            "param($path, $source) $disk = $path; $code = $source; $wide ??= Import-Dataset $images.Source -Resize 3,32,32; "
                + "$run ??= New-Network -Spec 'conv3x3x4 relu pool2 fc3' -InputShape 3,8,8 | Start-Training $images -Epochs 2; "
                + Notebook
                + "\"$disk/n.ipynb\"",
            disk.Path,
            code
        );
}
