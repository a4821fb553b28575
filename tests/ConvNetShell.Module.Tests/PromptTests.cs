using System.Globalization;
using System.Management.Automation;
using ConvNetShell.Testing;
using ConvNetShell.Module.Tests.Support;

namespace ConvNetShell.Module.Tests;

/// <summary>What helps at the prompt: completion of arguments, and numbers that do not follow the user's culture.</summary>
public sealed class PromptTests(ModuleFixture module)
{
    [Theory]
    [InlineData("New-Network -Preset ", "CIFAR10 CIFAR10Fast ResNet20 LeNet5 LeNet5-1998 ConvNetJSMNIST AlexNet AlexNet2012 C3D Conv1D LSTM GRU MLP")]
    [InlineData("New-Network -Preset ci", "CIFAR10 CIFAR10Fast")]
    [InlineData("New-Network L", "LeNet5 LeNet5-1998 LSTM")]
    [InlineData("Get-NetworkPreset m", "MLP")]
    [InlineData("Get-NetworkSummary le", "LeNet5 LeNet5-1998")]
    [InlineData("Import-Dataset F", "FashionMNIST")]
    [InlineData("Start-Training -Dataset ", "CIFAR10 CIFAR100 MNIST FashionMNIST Shapes MovingShapes Signals")]
    [InlineData("Start-Training ci", "CIFAR10 CIFAR100")]
    [InlineData("Measure-Accuracy $run -Dataset Sh", "Shapes")]
    [InlineData("Start-Training -Device c", "cpu cuda")]
    [InlineData("Measure-Accuracy -Device ", "auto cpu cuda mps")]
    [InlineData("New-ConvLayer 8 3 -Padding ", "Valid Same")]
    [InlineData("New-PoolLayer -Padding s", "Same")]
    [InlineData("New-ConvLayer 8 3 -Activation Le", "LeakyReLU")]
    [InlineData("Start-Training -Optimizer Adam", "Adam AdamW")]
    [InlineData("Select-Sample $data -Split V", "Validation")]
    public void Arguments_are_completed(string line, string expected)
    {
        using PowerShell shell = PowerShell.Create(module.Session.Runspace);

        CommandCompletion completion = CommandCompletion.CompleteInput(line, line.Length, null, shell);

        Assert.Equal(expected, string.Join(' ', completion.CompletionMatches.Select(match => match.CompletionText)));
        Assert.All(completion.CompletionMatches, match => Assert.NotEmpty(match.ToolTip));
    }

    [Theory]
    [InlineData("(New-DropoutLayer 0.5).ToString()", "drop0.5")]
    [InlineData("(New-DropoutLayer '0.5').Rate.ToString([cultureinfo]::InvariantCulture)", "0.5")]
    [InlineData("(New-Network -Spec 'conv3x3x1000 drop0.25 fc3' -InputShape 3,8,8).Spec", "conv3x3x1000 drop0.25 fc3")]
    [InlineData("\"$(Get-NetworkPreset LeNet5)\"", "LeNet5: 1x28x28, 61,706 parameters, for FashionMNIST")]
    [InlineData("(New-Network -Spec 'fc3' -InputShape 3,8,8 | Start-Training $images -Epochs 1 -BatchSize 8 -LearningRate '0.5' -Momentum 0.25 -Precision Float32).Settings.ToString()",
        "1 epoch, batch 8, SGD at 0.5 (OneCycle), momentum 0.25, weight decay 0.0005, augmentation none")]
    [InlineData("$images | Split-Dataset -Validation '0.25' | ForEach-Object { $_.Validation.Count }", "9")]
    public void Numbers_are_the_same_in_every_culture(string script, string expected)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Equal("0,5", module.Get<string>("(0.5).ToString()"));

            Assert.Equal(expected, module.Get<string>(script));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
