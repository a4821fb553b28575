namespace ConvNetShell.Architecture.Tests;

/// <summary>Which way the projects may look.</summary>
public sealed class ReferenceTests
{
    [Theory]
    [InlineData("ConvNetShell.Loader", "")]
    [InlineData("ConvNetShell.Display", "")]
    [InlineData(
        "ConvNetShell.Core",
        "ConvNetShell.Display TorchSharp SkiaSharp ICSharpCode.SharpZipLib Sylvan.Data.Csv Google.Protobuf FFMpegCore Instances "
            + "ConvNetShell.FusedKernels"
    )]
    [InlineData("ConvNetShell.FusedKernels", "Iced")]
    [InlineData("ConvNetShell.Rendering", "ConvNetShell.Display Plotly.NET ScottPlot SkiaSharp")]
    [InlineData(
        "ConvNetShell.Cmdlets",
        "ConvNetShell.Core ConvNetShell.Display ConvNetShell.Loader ConvNetShell.Rendering System.Management.Automation"
    )]
    [InlineData("ConvNetShell.Kernel", "ConvNetShell.Display System.Management.Automation")]
    [InlineData("ConvNetShell.Interactive", "ConvNetShell.Display ConvNetShell.Rendering")]
    [InlineData("cnsh", "ConvNetShell.Kernel System.Management.Automation Microsoft.PowerShell.ConsoleHost")]
    public void A_project_references_only_what_it_may(string assembly, string allowed) =>
        Assert.Empty(BuiltAssembly.Read(assembly).OutsideReferences().Except(allowed.Split(' ')));

    [Fact]
    public void Core_knows_no_console_and_no_PowerShell()
    {
        BuiltAssembly core = BuiltAssembly.Read("ConvNetShell.Core");

        Assert.DoesNotContain("System.Console", core.UsedTypes);
        Assert.DoesNotContain("System.Console", core.References);
        Assert.DoesNotContain(core.UsedTypes, type => type.StartsWith("System.Management.Automation", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ConvNetShell.Display")]
    [InlineData("ConvNetShell.Rendering")]
    [InlineData("ConvNetShell.Cmdlets")]
    [InlineData("ConvNetShell.Loader")]
    public void What_runs_in_the_module_writes_to_no_console(string assembly) =>
        Assert.DoesNotContain("System.Console", BuiltAssembly.Read(assembly).UsedTypes);

    [Fact]
    public void Cmdlets_touch_no_tensor() =>
        Assert.DoesNotContain(
            BuiltAssembly.Read("ConvNetShell.Cmdlets").UsedTypes,
            type => type.StartsWith("TorchSharp", StringComparison.Ordinal)
        );

    [Theory]
    [InlineData("ConvNetShell.Core")]
    [InlineData("ConvNetShell.Display")]
    [InlineData("ConvNetShell.FusedKernels")]
    [InlineData("ConvNetShell.Rendering")]
    [InlineData("ConvNetShell.Cmdlets")]
    [InlineData("ConvNetShell.Kernel")]
    public void Nothing_static_changes(string assembly) => Assert.Empty(BuiltAssembly.Read(assembly).MutableStatics);

    [Fact]
    public void What_changes_is_seen() =>
        // one load context a process, on purpose
        Assert.Contains("ModuleLoadContext.instance", BuiltAssembly.Read("ConvNetShell.Loader").MutableStatics);
}
