using System.Management.Automation;
using ConvNetShell.Testing;
using ConvNetShell.Module.Tests.Support;

namespace ConvNetShell.Module.Tests;

/// <summary>Files and folders named at the prompt: found, left out, refused, written.</summary>
public sealed class FileTests : IDisposable
{
    private readonly ModuleFixture module;
    private readonly TempFolder folder = new();

    public FileTests(ModuleFixture module)
    {
        this.module = module;
        module.Run("param($folder) $folder = $folder; Set-Location -LiteralPath $folder; $net = New-Network -Spec 'fc3' -InputShape 3,8,8 -Classes blue,green,red", folder.Path);
    }

    public void Dispose()
    {
        module.Run("param($folder) Set-Location -LiteralPath $folder", Path.GetTempPath());
        folder.Dispose();
    }

    [Fact]
    public void A_file_that_is_no_image_is_named_and_the_others_are_predicted()
    {
        TinyImages.Write(folder["a.bmp"], channel: 0);
        File.WriteAllBytes(folder["b.bmp"], []);
        File.WriteAllText(folder["c.bmp"], "not a picture");
        TinyImages.Write(folder["d.bmp"], channel: 2);

        EngineResult result = module.Session.Collect("Get-Prediction $net *.bmp -Top 1");

        Assert.Equal(["a.bmp", "d.bmp"], result.Output.Select(item => Path.GetFileName((string)item.Properties["Source"].Value)));
        Assert.Equal(["b.bmp", "c.bmp"], result.Errors.Select(error => Path.GetFileName((string)error.TargetObject)));
        Assert.All(result.Errors, error => Assert.Equal("Data.NotAnImage", error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.All(result.Errors, error => Assert.Equal(ErrorCategory.InvalidData, error.CategoryInfo.Category));
        Assert.All(result.Errors, error => Assert.Contains("Received: ", error.Exception.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Get-Prediction $net cat.bmp")]
    [InlineData("Get-Prediction $net *.bmp")]
    [InlineData("Get-Prediction $net 'c?t.bmp'")]
    [InlineData("Get-Prediction $net ./cat.bmp, cat.bmp -Top 1 | Select-Object -First 1")]
    [InlineData("Get-ChildItem -Filter *.bmp | Get-Prediction $net -Top 3")]
    [InlineData("Get-Item cat.bmp | Get-Prediction $net")]
    [InlineData("'cat.bmp' | Get-Prediction $net")]
    public void Images_are_found_however_they_are_named(string script)
    {
        TinyImages.Write(folder["cat.bmp"], channel: 1, side: 20);

        IReadOnlyList<PSObject> found = module.Run(script);

        Assert.Equal(folder["cat.bmp"], found[0].Properties["Source"].Value);
        Assert.Equal(1, found[0].Properties["Rank"].Value);
    }

    [Theory]
    [InlineData("Get-Prediction $net nofile.png")]
    [InlineData("Import-Dataset ./nofolder")]
    [InlineData("Get-Prediction $net ''")]
    public void A_file_that_is_not_there_is_an_error(string script)
    {
        ErrorRecord error = module.Fail(script);

        Assert.True(error.CategoryInfo.Category is ErrorCategory.ObjectNotFound or ErrorCategory.InvalidArgument or ErrorCategory.InvalidData, error.CategoryInfo.ToString());
    }

    [Fact]
    public void A_wildcard_without_a_match_gives_nothing() => Assert.Empty(module.Run("Get-Prediction $net no*.png"));

    [Fact]
    public void An_image_without_a_pixel_is_left_out_of_a_dataset_with_a_warning()
    {
        TinyImages.WriteDataset(folder["set"], train: 2, test: 1);
        File.WriteAllBytes(folder["set", "train", "red", "broken.png"], []);

        EngineResult result = module.Session.Collect("Import-Dataset ./set");

        Assert.Empty(result.Errors);
        Assert.Contains("broken.png", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal("set", Assert.Single(result.Output).Properties["Name"].Value);
    }

    [Fact]
    public void An_empty_folder_is_no_dataset()
    {
        Directory.CreateDirectory(folder["empty"]);

        ErrorRecord error = module.Fail("Import-Dataset ./empty");

        Assert.StartsWith("Data.", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.InvalidData, error.CategoryInfo.Category);
        Assert.Contains("Received: ", error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Png")]
    [InlineData("Cifar")]
    [InlineData("Idx")]
    public void What_is_saved_is_read_back(string format)
    {
        string size = format == "Png" ? "3,8,8" : format == "Cifar" ? "3,32,32" : "1,28,28";
        module.Run($"$data = Import-Dataset $images.Source -Resize {size}; $data | Save-Dataset -Path ./saved -Format {format} | Out-Null");

        Assert.Equal("True", module.Get<string>("""
            $back = Import-Dataset ./saved
            $same = $true
            foreach ($i in 0..5) {
                $a = Select-Sample $data -Index $i; $b = Select-Sample $back -Index $i
                $same = $same -and $a.Class -eq $b.Class
            }
            $same -and $back.Train.Count -eq 36 -and $back.Test.Count -eq 12 -and "$($back.InputShape)" -eq "$($data.InputShape)"
            """));
    }

    [Fact]
    public void A_folder_with_something_in_it_is_replaced_only_by_force()
    {
        Directory.CreateDirectory(folder["full"]);
        File.WriteAllText(folder["full", "mine.txt"], "keep me");

        ErrorRecord error = module.Fail("$images | Save-Dataset -Path ./full");

        Assert.StartsWith("Storage.NotEmpty", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.WriteError, error.CategoryInfo.Category);
        Assert.Equal("keep me", File.ReadAllText(folder["full", "mine.txt"]));
        Assert.Single(Directory.EnumerateFileSystemEntries(folder["full"]));

        module.Run("$images | Save-Dataset -Path ./saved; $images | Save-Dataset -Path ./saved -Force");
        Assert.True(module.Get<bool>("(Import-Dataset ./saved).Train.Count -eq 36"));
    }

    [Theory]
    [InlineData("$images | Save-Dataset -Path ./out -WhatIf")]
    [InlineData("Save-Dataset Shapes -Path ./out -WhatIf")]
    [InlineData("Save-Dataset CIFAR100 -WhatIf")]
    public void WhatIf_writes_nothing(string script)
    {
        Assert.Empty(module.Run(script));

        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_path_with_brackets_and_spaces_is_a_path()
    {
        TinyImages.WriteDataset(folder["my [set] 1"], train: 2, test: 1);

        Assert.Equal("my [set] 1 6", module.Get<string>("$data = Import-Dataset './my [set] 1'; \"$($data.Name) $($data.Train.Count)\""));
    }
}
