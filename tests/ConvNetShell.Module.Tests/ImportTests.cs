using System.Runtime.Loader;
using ConvNetShell.Module.Tests.Support;
using ConvNetShell.Testing;

namespace ConvNetShell.Module.Tests;

/// <summary>Importing, importing again, and where the assemblies go.</summary>
public sealed class ImportTests(ModuleFixture module)
{
    [Fact]
    public void Importing_again_keeps_every_export_working()
    {
        using EngineSession session = ModuleFixture.NewSession();
        int exports = session.Invoke("(Get-Command -Module ConvNetShell).Name").Count;

        for (int time = 2; time <= 3; time++)
        {
            session.Invoke("param($path) Import-Module $path -Force", ModulePaths.Manifest);

            Assert.Equal(exports, session.Invoke("(Get-Command -Module ConvNetShell).Name").Count);
            Assert.Equal("61706", session.Invoke("(New-Network LeNet5).ParameterCount")[0].ToString());
            Assert.Equal(
                "conv5x5x8 relu",
                string.Join(' ', session.Invoke("New-ConvLayer 8 5 -Padding Same -Activation ReLU").Select(layer => layer.ToString()))
            );
            Assert.Contains("Parameters", session.Invoke("Get-NetworkPreset | Out-String")[0].ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_module_that_is_removed_can_come_back()
    {
        using EngineSession session = ModuleFixture.NewSession();

        session.Invoke("param($path) Remove-Module ConvNetShell; Import-Module $path", ModulePaths.Manifest);

        Assert.Equal("CIFAR10", session.Invoke("(Get-NetworkPreset CIFAR10).Name")[0].ToString());
    }

    [Fact]
    public void Objects_of_one_session_serve_another()
    {
        using EngineSession other = ModuleFixture.NewSession();
        object network = module.Run("New-Network LeNet5")[0];

        Assert.Equal(
            "61706",
            other.Invoke("param($network) ($network | Get-NetworkSummary | Measure-Object Parameters -Sum).Sum", network)[0].ToString()
        );
    }

    [Theory]
    [InlineData("ConvNetShell.Loader", "Default")]
    [InlineData("ConvNetShell.Display", "Default")]
    [InlineData("ConvNetShell.Kernel", "Default")]
    [InlineData("ConvNetShell.Cmdlets", "ConvNetShell")]
    [InlineData("ConvNetShell.Core", "ConvNetShell")]
    [InlineData("TorchSharp", "ConvNetShell")]
    [InlineData("SkiaSharp", "ConvNetShell")]
    public void Each_assembly_is_in_one_load_context(string name, string context)
    {
        module.Run(
            "Get-Prediction (New-Network -Spec 'fc3' -InputShape 3,8,8) (Get-ChildItem $images.Source -Recurse -Filter *.bmp)[0].FullName"
        );

        var loaded = AppDomain
            .CurrentDomain.GetAssemblies()
            .Where(assembly => assembly.GetName().Name == name)
            .Select(assembly => AssemblyLoadContext.GetLoadContext(assembly)!.Name!)
            .ToArray();

        Assert.Equal([context], loaded);
    }

    [Fact]
    public void Nothing_else_of_the_modules_folder_is_in_the_default_context()
    {
        var ours = AssemblyLoadContext
            .Default.Assemblies.Where(assembly =>
                !assembly.IsDynamic && assembly.Location.StartsWith(ModulePaths.Bin, StringComparison.Ordinal)
            )
            .Select(assembly => assembly.GetName().Name!);

        Assert.Equal(["ConvNetShell.Display", "ConvNetShell.Kernel", "ConvNetShell.Loader"], ours.Order(StringComparer.Ordinal));
    }
}
