using ConvNetShell.Module.Tests.Support;

namespace ConvNetShell.Module.Tests;

/// <summary>Every list that an object holds can be indexed at the prompt; a list without a public indexer would give itself for [0].</summary>
public sealed class ListTests(ModuleFixture module)
{
    private const string NotIndexable = """
        param($name, $object)
        foreach ($property in $object.PSObject.Properties) {
            $value = $property.Value
            if ($value -is [System.Collections.IDictionary] -or $value -is [string] -or $value -isnot [System.Collections.IEnumerable]) { continue }
            $items = @($value | ForEach-Object { $_ })
            for ($i = 0; $i -lt [math]::Min(3, $items.Count); $i++) {
                if (-not [object]::Equals($items[$i], $value[$i])) { "$name.$($property.Name)[$i]" }
            }
        }
        """;

    [Theory]
    [InlineData("$images")]
    [InlineData("$images.Train")]
    [InlineData("New-ConvLayer 8 3")]
    [InlineData("New-Network CIFAR10")]
    [InlineData("(New-Network CIFAR10).Layers[0]")]
    [InlineData("(New-Network CIFAR10).Plan")]
    [InlineData("(Get-NetworkSummary CIFAR10)[0]")]
    [InlineData("(Get-NetworkSummary CIFAR10)[0].Summary")]
    [InlineData("Select-Sample $images")]
    [InlineData("$listed")]
    [InlineData("$listed.Network")]
    [InlineData("$listed.Network.Normalization")]
    [InlineData("$listed.Best")]
    [InlineData("Measure-Accuracy $listed")]
    [InlineData("(Measure-Accuracy $listed).PerClass[1]")]
    public void Each_list_has_an_indexer(string script)
    {
        module.Run("if (-not $listed) { $listed = New-Network -Spec 'fc3' -InputShape 3,8,8 | Start-Training $images -Epochs 2 -BatchSize 8 }");

        Assert.Empty(module.Run($"& {{ {NotIndexable} }} '{script.Replace("'", "''", StringComparison.Ordinal)}' ({script})"));
    }
}
