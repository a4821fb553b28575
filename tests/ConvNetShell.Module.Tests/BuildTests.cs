using ConvNetShell.Module.Tests.Support;

namespace ConvNetShell.Module.Tests;

/// <summary>Layers that pipe into networks, and what is said of a network before it is trained.</summary>
public sealed class BuildTests(ModuleFixture module)
{
    private const string Piped = """
        New-ConvLayer 16 5 -Padding Same -Activation ReLU | New-PoolLayer 2 |
            New-ConvLayer 20 5 -Padding Same -Activation ReLU | New-PoolLayer 2 |
            New-ConvLayer 20 5 -Padding Same -Activation ReLU | New-PoolLayer 2 |
            New-DenseLayer 10 -Activation Softmax
        """;

    private const string Spec = "conv5x5x16 relu pool2 conv5x5x20 relu pool2 conv5x5x20 relu pool2 fc10 softmax";

    [Theory]
    [InlineData(Piped + " | New-Network -InputShape 3,32,32")]
    [InlineData(Piped + " | New-Network -InputShape '32x32x3'")]
    [InlineData("New-Network -Spec '" + Spec + "' -InputShape '32x32x3'")]
    [InlineData("New-Network -Spec '" + Spec + "' -InputShape 3,32,32")]
    [InlineData("New-Network -Preset CIFAR10")]
    [InlineData("New-Network cifar10")]
    public void Every_way_to_write_the_CIFAR10_network_gives_the_same(string script)
    {
        Assert.Equal(22466, module.Get<int>($"({script}).ParameterCount"));
        Assert.Equal("3x32x32", module.Get<string>($"({script}).InputShape.ToString()"));
        Assert.Equal(Spec, module.Get<string>($"({script}).Spec"));
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights() => Assert.Equal(
        "True False",
        module.Get<string>("""
            $sample = Select-Sample $images
            $of = { param($seed) (Get-Prediction (New-Network -Spec 'fc3' -InputShape 3,8,8 -Seed $seed) -Sample $sample).Probability -join ' ' }
            "$((& $of 1) -eq (& $of 1)) $((& $of 1) -eq (& $of 2))"
            """));

    [Fact]
    public void A_layer_passes_on_what_comes_in() => Assert.Equal(
        "ConvSpec ActivationSpec PoolSpec BatchNormSpec ActivationSpec DropoutSpec FlattenSpec DenseSpec",
        module.Get<string>("""
            $layers = New-ConvLayer 8 3 -Activation GELU | New-PoolLayer 3 -Stride 2 -Kind Mean | New-NormLayer | New-ActivationLayer Tanh |
                New-DropoutLayer 0.25 | New-FlattenLayer | New-DenseLayer 3
            ($layers | ForEach-Object { $_.GetType().Name }) -join ' '
            """));

    [Fact]
    public void A_list_of_layers_can_be_kept_and_used_twice() => Assert.Equal(
        "True", module.Get<string>($"$layers = {Piped}; ($layers | New-Network -InputShape 3,32,32).ParameterCount -eq (New-Network -Layer $layers -InputShape 3,32,32).ParameterCount"));

    [Theory]
    [InlineData("CIFAR10", 22466, "3x32x32")]
    [InlineData("LeNet5", 61706, "1x28x28")]
    [InlineData("MLP", 0, null)]
    public void Presets_are_listed_as_they_are_made(string name, int parameters, string? input)
    {
        Assert.Equal("True", module.Get<string>("param($name) $preset = Get-NetworkPreset $name; $preset.Parameters -eq (New-Network $name).ParameterCount -and $preset.Name -eq $name -and $preset.Source.Length -gt 10", name));
        Assert.True(parameters == 0 || parameters == module.Get<int>("param($name) (Get-NetworkPreset $name).Parameters", name));
        Assert.True(input is null || input == module.Get<string>("param($name) (Get-NetworkPreset $name).Input", name));
    }

    [Fact]
    public void A_summary_has_the_lectures_formulas_and_adds_up()
    {
        Assert.Equal("16x5x5x3+16 = 1216", module.Get<string>("(Get-NetworkSummary CIFAR10)[0].Formula"));
        Assert.Equal("22466 True", module.Get<string>("""
            $rows = Get-NetworkSummary CIFAR10
            $share = ($rows | Measure-Object Share -Sum).Sum
            "$($rows[0].Summary.Parameters) $([math]::Abs($share - 1) -lt 1e-9)"
            """));
    }

    [Theory]
    [InlineData("Test-Network -Preset CIFAR10 | Where-Object Severity -eq Error", "")]
    [InlineData("Test-Network -Spec 'conv9x9x4p0 fc3' -InputShape 3,8,8", "Layer.KernelTooLarge")]
    [InlineData("Test-Network -Spec 'conv3x3x4p0 relu pool2 pool2 pool2 fc3' -InputShape 3,8,8", "Layer.KernelTooLarge")]
    [InlineData("New-DenseLayer 3 -Inputs 7 | Test-Network -InputShape 3,8,8", "Layer.WrongInput")]
    [InlineData("Test-Network -Spec 'conv3x3x4 bn relu fc3' -InputShape 3,8,8", "Bias.BeforeNorm")]
    [InlineData("Test-Network -Spec 'conv3x3x4s2p0 relu fc3 softmax' -InputShape 3,8,8", "Window.DropsPixels Softmax.Handled")]
    [InlineData("New-Network LeNet5 | Test-Network -Dataset $images", "Input.Shape Output.Classes")]
    public void Test_Network_says_what_is_wrong_and_what_to_change(string script, string codes)
    {
        string found = module.Get<string>($"(({script}) | ForEach-Object Code) -join ' '");

        Assert.All(codes.Split(' '), code => Assert.Contains(code, found, StringComparison.Ordinal));
        Assert.True(codes.Length > 0 || found.Length == 0, found);
        Assert.Empty(module.Run($"({script}) | Where-Object {{ -not $_.Message -or -not $_.Fix }}"));
    }
}
