using ConvNetShell.Testing;
using ConvNetShell.Module.Tests.Support;

namespace ConvNetShell.Module.Tests;

/// <summary>What the prompt shows of each kind of object: a view of ours, without an error in any of its columns.</summary>
public sealed class ViewTests(ModuleFixture module)
{
    private const string Trained = "$run = New-Network -Spec 'conv3x3x4 relu pool2 fc3' -InputShape 3,8,8 | Start-Training $images -Epochs 1 -BatchSize 8;";

    [Theory]
    [InlineData("New-ConvLayer 8 3", "Kind", "Layer", "Name")]
    [InlineData("New-PoolLayer | New-DenseLayer 3 | New-ActivationLayer ReLU | New-DropoutLayer | New-NormLayer | New-FlattenLayer", "Kind", "Layer", "Name")]
    [InlineData("New-Network LeNet5", "Name", "Input", "Output", "Layers", "Parameters", "MultiplyAdds", "Spec")]
    [InlineData("(New-Network LeNet5).Layers", "Index", "Name", "Layer", "Input", "Output", "Parameters", "MultiplyAdds")]
    [InlineData("New-Network CIFAR10 | Get-NetworkSummary", "Index", "Name", "Type", "Output", "Kernel", "Parameters", "MACs", "Share", "Formula")]
    [InlineData("Test-Network -Spec 'conv9x9x4p0 fc3' -InputShape 3,8,8", "Severity", "Code", "Layer", "Message", "Use a smaller window")]
    [InlineData("Get-NetworkPreset", "Name", "Parameters", "Input", "Dataset", "Spec")]
    [InlineData("Get-ComputeDevice", "Name", "Type", "Default", "Description")]
    [InlineData("Get-Dataset", "Name", "Available", "Shape", "Classes", "Train", "Test", "DownloadMB")]
    [InlineData("$images", "Name", "Shape", "Classes", "Train", "Validation", "Test", "Source")]
    [InlineData("$images.Train", "Name", "Shape", "Count")]
    [InlineData(Trained + "$run", "Network", "Dataset", "Status", "Epochs", "Best", "Elapsed", "Seed", "Device", "Settings")]
    [InlineData(Trained + "$run.History", "Epoch", "TrainLoss", "TrainAccuracy", "ValidationLoss", "ValidationAccuracy", "Images/s")]
    [InlineData(Trained + "Measure-Accuracy $run", "Network", "Dataset", "Top1", "Top3", "Loss", "PerClass")]
    [InlineData(Trained + "(Measure-Accuracy $run).PerClass", "Class", "Precision", "Recall", "F1", "Support")]
    [InlineData(Trained + "Select-Sample $images | Get-Prediction $run", "Source", "Rank", "Class", "Probability")]
    [InlineData(Trained + "Get-FeatureMap $run conv1 (Select-Sample $images)", "Layer", "Channel", "Shape", "Min", "Max", "Mean", "Zero", "Source")]
    [InlineData(Trained + "Get-ConfusionMatrix $run", "Network", "Dataset", "Split", "Count", "Accuracy", "Most confused")]
    [InlineData(Trained + "$m = Get-ConfusionMatrix $run; foreach ($a in $m.Classes) { foreach ($b in $m.Classes) { $m.Cell($a, $b) } }", "Source", "Class", "Taken for", "Probability")]
    [InlineData("Get-Filter LeNet5 conv1 | ConvertTo-MimeBundle", "Forms", "Text", "image/png")]
    [InlineData("Show-Batch $images -PassThru", "Title", "Pictures", "Note")]
    [InlineData("Show-Network LeNet5 -Weights -PassThru", "Network", "Source", "Layers", "Predictions")]
    [InlineData("Select-Sample $images -Count 2", "Dataset", "Split", "Index", "Class", "Size")]
    public void Each_object_has_a_view(string script, params string[] headers)
    {
        using EngineSession session = ModuleFixture.NewSession();
        session.Invoke("param($images) $images = Import-Dataset $images; $Error.Clear()", module.Images);

        string shown = string.Concat(session.Invoke($". {{ {script} }} | Out-String -Width 240"));

        Assert.Equal("0", session.Invoke("$Error.Count")[0].ToString());
        Assert.All(headers, header => Assert.Contains(header, shown, StringComparison.Ordinal));
        Assert.DoesNotContain("#ERR", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("PSTypeName", shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("New-ConvLayer 8 3")]
    [InlineData("New-Network LeNet5")]
    [InlineData("(New-Network LeNet5).Layers")]
    [InlineData("$images")]
    [InlineData("Get-NetworkPreset")]
    public void Tables_and_lists_compute_every_column(string script) =>
        Assert.DoesNotContain("#ERR", string.Concat(module.Run($"{script} | Format-Table -DisplayError | Out-String; {script} | Format-List -DisplayError | Out-String")), StringComparison.Ordinal);

    [Theory]
    [InlineData("New-ConvLayer 16 5 -Padding Same", "conv5x5x16")]
    [InlineData("New-Network LeNet5", "LeNet5: 1x28x28 -> ")]
    [InlineData("$images", "colours: 3x8x8, 3 classes, Train 36, Test 12")]
    [InlineData("Get-NetworkPreset LeNet5", "LeNet5: 1x28x28, 61,706 parameters, for FashionMNIST")]
    public void An_object_in_a_string_is_worth_reading(string script, string start) =>
        Assert.StartsWith(start, module.Get<string>($"\"$({script})\""), StringComparison.Ordinal);
}
