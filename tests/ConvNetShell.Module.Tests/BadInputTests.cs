using System.Management.Automation;
using ConvNetShell.Testing;
using ConvNetShell.Module.Tests.Support;

namespace ConvNetShell.Module.Tests;

/// <summary>What goes wrong at the prompt: a stable error id, a category, and a message that says what was expected and what came.</summary>
public sealed class BadInputTests(ModuleFixture module)
{
    private const string Net = "New-Network -Spec 'fc3' -InputShape 3,8,8";
    private const string Train = Net + " | Start-Training $images -Epochs 1 -BatchSize 8 ";

    [Theory]
    [InlineData(Train + "-LearningRate NaN", "Setting.Invalid", "-LearningRate must be a finite number above 0. Received: NaN")]
    [InlineData(Train + "-LearningRate ([double]::PositiveInfinity)", "Setting.Invalid", "Received: Infinity")]
    [InlineData(Train + "-LearningRate 0", "Setting.Invalid", "Received: 0")]
    [InlineData(Train + "-Momentum 1", "Setting.Invalid", "-Momentum must be 0 or more and below 1. Received: 1")]
    [InlineData(Train + "-WeightDecay -1", "Setting.Invalid", "-WeightDecay must be")]
    [InlineData(Train + "-Validation 1", "Setting.Invalid", "-Validation must be")]
    [InlineData(Train + "-Device tpu", "Setting.Invalid", "Received: 'tpu'")]
    [InlineData(Net + " | Start-Training $images -Epochs 0", "Setting.Invalid", "-Epochs must be an integer of 1 or more. Received: 0")]
    [InlineData(Net + " | Start-Training $images -BatchSize 0", "Setting.Invalid", "-BatchSize must be an integer of 1 or more. Received: 0")]
    [InlineData(Net + " | Start-Training $images -BatchSize 64 -Validation 0", "Setting.Invalid", "-BatchSize must be at most the 36 training images of colours. Received: 64")]
    [InlineData(Net + " | Start-Training NoSuchSet", "Setting.Invalid", "CIFAR10, CIFAR100, MNIST, FashionMNIST, Shapes")]
    [InlineData("New-Network -Spec 'fc4' -InputShape 3,8,8 | Start-Training $images", "Shape.Mismatch", "expected one value for each of 3 classes, as New-Network -Classes 3 gives it. Received: 4")]
    [InlineData("New-Network LeNet5 | Start-Training $images", "Shape.Mismatch", "expected 1x28x28. Received: 3x8x8")]
    [InlineData("New-Network CIFAR10 | Measure-Accuracy -Dataset $grey", "Shape.Mismatch", "expected 3x32x32. Received: 1x28x28")]
    [InlineData("New-Network CIFAR10 | Start-Training $grey", "Shape.Mismatch", "expected 3x32x32. Received: 1x28x28")]
    [InlineData("Get-Prediction (New-Network CIFAR10) -Sample (Select-Sample $grey) -NoResize", "Shape.Mismatch", "expected 3x32x32")]
    [InlineData("New-Network NoSuch", "Setting.Invalid", "LSTM, GRU, MLP. Received: 'NoSuch'")]
    [InlineData("Test-Network -Preset NoSuch", "Setting.Invalid", "Received: 'NoSuch'")]
    [InlineData("New-Network -Spec 'conv5x5x8p0 fc3' -InputShape 3,4,4", "Layer.KernelTooLarge", "at least 5 (window 5x5) in dimension 1. Received: 3x4x4")]
    [InlineData("New-ConvLayer 8 9 | New-DenseLayer 3 | New-Network -InputShape 3,4,4", "Layer.KernelTooLarge", "Received: 3x4x4")]
    [InlineData("New-Network -Spec 'foo3' -InputShape 3,4,4", "Layer.Syntax", "Received: 'foo3'")]
    [InlineData("New-DenseLayer 4 -Inputs 7 | New-Network -InputShape 3,8,8", "Layer.WrongInput", "expected 7 inputs. Received: 192")]
    [InlineData("New-ConvLayer 8 3 -Groups 3", "Setting.Invalid", "-Groups must be an integer that divides the 8 filters. Received: 3")]
    [InlineData("New-ConvLayer 8 3 -Groups 4 | New-Network -InputShape 3,8,8", "Layer.Groups", "Received: 3")]
    [InlineData("New-ConvLayer 0 3", "Setting.Invalid", "-Filters must be an integer of 1 or more. Received: 0")]
    [InlineData("New-DenseLayer -4", "Setting.Invalid", "Received: -4")]
    [InlineData("New-DropoutLayer 1.5", "Setting.Invalid", "Received: 1.5")]
    [InlineData("New-DropoutLayer NaN", "Setting.Invalid", "Received: NaN")]
    [InlineData("New-ConvLayer 8 3 -Name a | New-ConvLayer 8 3 -Name a | New-Network -InputShape 3,8,8", "Setting.Invalid", "-Name must be different for each layer. Received: 'a'")]
    [InlineData("New-Network CIFAR10 -Classes a,a,b", "Setting.Invalid", "Received: 'a, a, b'")]
    [InlineData("Measure-Accuracy (" + Net + ")", "Setting.Invalid", "-Dataset must be given")]
    [InlineData("Measure-Accuracy (" + Net + ") -Dataset $images -Split Validation", "Setting.Invalid", "-Split must be one that colours has: Train, Test. Received: 'Validation'")]
    [InlineData("Measure-Accuracy (" + Net + ") -Dataset $images -Device tpu", "Setting.Invalid", "Received: 'tpu'")]
    [InlineData("Select-Sample $images -Index 12", "Setting.Invalid", "-Index must be from 0 to 11 (Test: 12 of 3x8x8). Received: 12")]
    [InlineData("Select-Sample $images -Index -1", "Setting.Invalid", "Received: -1")]
    [InlineData("Select-Sample $images -Class yellow", "Setting.Invalid", "-Class must be one of blue, green, red. Received: 'yellow'")]
    [InlineData("$images | Split-Dataset -Test 0.2", "Setting.Invalid", "-Test must be left out for a dataset that has the split already (Test: 12 of 3x8x8). Received: 0.2")]
    [InlineData("$images | Split-Dataset -Validation 0.2 | Split-Dataset -Validation 0.2", "Setting.Invalid", "Received: 0.2")]
    [InlineData("$images | Split-Dataset -Validation 1.2", "Setting.Invalid", "above 0 and below 1. Received: 1.2")]
    [InlineData("$images | Split-Dataset -Validation NaN", "Setting.Invalid", "Received: NaN")]
    [InlineData("Import-Dataset NoSuchSet", "Setting.Invalid", "Received: ")]
    [InlineData("Save-Dataset Shapes", "Setting.Invalid", "-Path must be given")]
    public void Core_errors_keep_their_id(string script, string id, string message)
    {
        module.Run("if (-not $grey) { $grey = Import-Dataset $images.Source -Resize 1,28,28 }");

        ErrorRecord error = module.Fail(script);

        Assert.StartsWith(id + ",ConvNetShell.Cmdlets.Commands.", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
        Assert.Contains("Received: ", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("New-ConvLayer 8 abc", "'Kernel'. -Kernel must be an integer such as 5, or one for each dimension such as 5x3. Received: 'abc'")]
    [InlineData("New-ConvLayer 8 3 -Padding Wat", "'Padding'. -Padding must be Valid, Same, or integers of 0 or more: 1, 1x2 (one for each dimension) or 0:1 (before:after). Received: 'Wat'")]
    [InlineData("New-PoolLayer -1", "-Size must be one integer of 1 or more")]
    [InlineData("New-Network -Spec fc3 -InputShape '3x4x0'", "Received: '3x4x0'")]
    [InlineData("New-Network -Spec fc3 -InputShape 3,,4", null)]
    [InlineData("Get-NetworkSummary NoSuch", "Received: 'NoSuch'")]
    [InlineData("New-ActivationLayer Foo", "ReLU, LeakyReLU, Sigmoid, Tanh, ScaledTanh, GELU, Softmax")]
    [InlineData(Train + "-Optimizer Foo", "SGD, Adam, AdamW")]
    [InlineData(Train + "-Dataset 5", null)]
    [InlineData("Get-NetworkSummary 5", null)]
    [InlineData("Select-Sample $images -Count 0", null)]
    [InlineData("Measure-Accuracy $null", null)]
    public void What_does_not_bind_says_what_would(string script, string? message)
    {
        ErrorRecord error = module.Fail(script);

        Assert.True(error.CategoryInfo.Category is ErrorCategory.InvalidData or ErrorCategory.InvalidArgument or ErrorCategory.ParserError, $"{error.CategoryInfo.Category}: {error}");
        Assert.Contains(message ?? string.Empty, error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'x' | New-Network -InputShape 3,2,2")]
    [InlineData("5 | Split-Dataset -Validation 0.1")]
    [InlineData("5 | Get-NetworkSummary")]
    public void What_cannot_come_down_the_pipeline_is_an_error(string script)
    {
        EngineResult result = module.Session.Collect(script);

        Assert.NotEmpty(result.Errors);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void Nothing_down_the_pipeline_is_no_network()
    {
        Assert.Contains("one or more layers", module.Fail("@() | New-Network -InputShape 3,2,2").Exception.Message, StringComparison.Ordinal);
        Assert.Empty(module.Run("@() | Get-NetworkSummary; @() | Select-Sample; @() | Import-Dataset"));
    }

    [Fact]
    public void A_bad_item_does_not_stop_the_next()
    {
        EngineResult result = module.Session.Collect("'NoSuchSet', $images.Source | Import-Dataset");

        Assert.Equal("Setting.Invalid", Assert.Single(result.Errors).FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal("colours", Assert.Single(result.Output).Properties["Name"].Value);
    }
}
