using System.Management.Automation;
using ConvNetShell.Module.Tests.Support;

namespace ConvNetShell.Module.Tests;

/// <summary>Accuracy, predictions and samples of a network that has learned its three colours.</summary>
public sealed class EvaluationTests(ModuleFixture module)
{
    private const string Run = """
        if (-not $learned) {
            $learned = New-Network -Spec 'conv3x3x4 relu pool2 fc3' -InputShape 3,8,8 -Seed 1 |
                Start-Training $images -Epochs 20 -BatchSize 6 -Validation 0 -Optimizer Adam -LearningRate 0.02
        }
        $run = $learned;
        """;

    [Fact]
    public void Accuracy_is_of_the_test_split_and_a_fraction()
    {
        Assert.Equal("1 1 Test 12 3 4", module.Get<string>(Run + """
            $report = $run | Measure-Accuracy
            "$($report.Top1) $($report.Top3) $($report.Split) $($report.Count) $($report.PerClass.Count) $($report.PerClass[0].Support)"
            """));
        Assert.Equal("blue,green,red", module.Get<string>("($report.PerClass.Class) -join ','"));
        Assert.True(module.Get<bool>("$report.Low -gt 0.7 -and $report.High -le 1 -and -not ($report.PerClass | Where-Object F1 -lt 1)"));
        Assert.Equal("36", module.Get<string>("(Measure-Accuracy $run -Split Train).Count"));
        Assert.Equal("12", module.Get<string>("(Measure-Accuracy $run.Network -Dataset $images).Count"));
        Assert.Equal("12", module.Get<string>("($run.Network | Measure-Accuracy).Count")); // the session knows which run trained it
    }

    [Fact]
    public void Predictions_rank_the_classes_and_their_probabilities_add_up()
    {
        IReadOnlyList<PSObject> ranks = module.Run(Run + "Select-Sample $run -Class red | Get-Prediction $run");

        Assert.Equal([1, 2, 3], ranks.Select(rank => (int)rank.Properties["Rank"].Value));
        Assert.Equal("red", ranks[0].Properties["Class"].Value);
        Assert.Equal(true, ranks[0].Properties["Correct"].Value);
        double[] probabilities = [.. ranks.Select(rank => (double)rank.Properties["Probability"].Value)];
        Assert.Equal(probabilities.OrderDescending(), probabilities);
        Assert.Equal(1, probabilities.Sum(), 1e-5);
    }

    [Fact]
    public void Samples_and_their_files_are_predicted_alike() => Assert.Equal(12, module.Get<int>(Run + """
        $files = Get-ChildItem (Join-Path $images.Source test) -Recurse -Filter *.bmp | Get-Prediction $run -Top 1
        $samples = Select-Sample $run -Count 12 | Get-Prediction $run -Top 1
        ($files.Class | Sort-Object) -join ',' -eq (($samples.Class | Sort-Object) -join ',') ? $files.Count : 0
        """));

    [Theory]
    [InlineData("Select-Sample $images -Index 0, 11", 2)]
    [InlineData("Select-Sample $images -Count 5", 5)]
    [InlineData("Select-Sample $images -Count 500 -Split Train", 36)]
    [InlineData("Select-Sample $images -Class 're*', blue -Count 500", 8)]
    [InlineData("$images | Select-Sample -Random -Count 3 -Seed 7", 3)]
    [InlineData("Select-Sample $images.Source", 1)]
    public void Samples_are_taken_by_index_number_class_or_chance(string script, int count) =>
        Assert.Equal(count, module.Run(script).Count);

    [Fact]
    public void A_random_choice_follows_its_seed() => Assert.Equal("True False", module.Get<string>("""
        $draw = { param($seed) (Select-Sample $images -Split Train -Random -Count 12 -Seed $seed).Index -join ',' }
        "$((& $draw 7) -eq (& $draw 7)) $((& $draw 7) -eq (& $draw 8))"
        """));

    [Fact]
    public void Splits_are_stratified_and_leave_the_original_alone() => Assert.Equal("12 6 12 | 36 0 12 | 6", module.Get<string>("""
        $split = $images | Split-Dataset -Validation 0.25 -PerClass 4 -Seed 3
        $small = $images | Split-Dataset -PerClass 2
        "$($split.Train.Count) $($split.Validation.Count - 3) $($split.Test.Count) | $($images.Train.Count) $([int]$images.Validation.Count) $($images.Test.Count) | $($small.Train.Count)"
        """));

    [Fact]
    public void Datasets_are_listed_with_where_they_are()
    {
        Assert.Equal("CIFAR10,CIFAR100,MNIST,FashionMNIST,Shapes,MovingShapes,Signals", module.Get<string>("(Get-Dataset).Name -join ','"));
        Assert.Equal("True 3x32x32 10 10000 2000 0", module.Get<string>("""
            $shapes = Get-Dataset sh*
            "$($shapes.Available) $($shapes.Shape) $($shapes.Classes) $($shapes.Train) $($shapes.Test) $($shapes.DownloadMegabytes)"
            """));
        Assert.Equal("50000", module.Get<string>("(Get-Dataset cifar100).Train"));
    }

    [Fact]
    public void The_devices_begin_with_the_default() => Assert.Equal("True cpu", module.Get<string>("$all = Get-ComputeDevice; \"$($all[0].Default) $($all[-1].Name)\""));
}
