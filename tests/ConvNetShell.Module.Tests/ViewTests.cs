using ConvNetShell.Testing;
using ConvNetShell.Module.Tests.Support;

namespace ConvNetShell.Module.Tests;

/// <summary>Views without an error in any column, and objects in strings. tests/Pester/Views.Tests.ps1 reads each view.</summary>
public sealed class ViewTests(ModuleFixture module)
{
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
    [InlineData("$images", "colors: 3x8x8, 3 classes, Train 36, Test 12")]
    [InlineData("Get-NetworkPreset LeNet5", "LeNet5: 1x28x28, 61,706 parameters, for FashionMNIST")]
    public void An_object_in_a_string_is_worth_reading(string script, string start) =>
        Assert.StartsWith(start, module.Get<string>($"\"$({script})\""), StringComparison.Ordinal);
}
