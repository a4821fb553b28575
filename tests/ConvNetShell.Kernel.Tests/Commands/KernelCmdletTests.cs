using System.Management.Automation;
using System.Text.Json.Nodes;
using ConvNetShell.Kernel.Tests.Support;
using ConvNetShell.Testing;

namespace ConvNetShell.Kernel.Tests.Commands;

/// <summary>Install-, Test- and Uninstall-ConvNetKernel, and Out-Display in a terminal.</summary>
[Collection(OneAtATime.Name)]
public sealed class KernelCmdletTests(ModuleSession module) : IClassFixture<ModuleSession>
{
    private string Folder => Path.Combine(module.Folder, "env", "share", "jupyter", "kernels", "convnetshell");

    [Fact]
    public void A_kernel_is_installed_tried_and_taken_away()
    {
        module.Session.Invoke("Install-ConvNetKernel -Scope Prefix -Prefix env -WhatIf");
        Assert.False(Directory.Exists(Folder));

        module.Session.Invoke("Install-ConvNetKernel -Scope Prefix -Prefix env");
        JsonNode spec = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "kernel.json")))!;
        Assert.Equal("message", spec["interrupt_mode"]!.GetValue<string>());
        Assert.Equal("1", spec["env"]!["POWERSHELL_TELEMETRY_OPTOUT"]!.GetValue<string>());
        Assert.Equal("{connection_file}", spec["argv"]!.AsArray()[^1]!.GetValue<string>());
        Assert.Equal(
            ["kernel.json", "logo-32x32.png", "logo-64x64.png", "logo-svg.svg"],
            Directory.GetFiles(Folder).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)
        );

        module.Session.Invoke("Uninstall-ConvNetKernel -Scope Prefix -Prefix env");
        Assert.False(Directory.Exists(Folder));
        Assert.StartsWith(
            "Kernel.NotFound",
            Assert.Single(module.Session.Collect("Uninstall-ConvNetKernel -Scope Prefix -Prefix env").Errors).FullyQualifiedErrorId,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_kernel_that_runs_cells_passes_its_test()
    {
        PSObject result = Assert.Single(module.Session.Invoke("Test-ConvNetKernel"));

        Assert.Equal("6 * 7 = 42", result.Properties["Message"].Value);
        Assert.Equal(true, result.Properties["Succeeded"].Value);
    }

    [Fact]
    public void A_kernel_that_ends_at_once_fails_its_test_with_what_it_said()
    {
        string folder = Directory.CreateDirectory(Path.Combine(module.Folder, "jupyter", "kernels", "broken")).FullName;
        File.WriteAllText(Path.Combine(folder, "kernel.json"), "{\"argv\":[\"dotnet\",\"no-such.dll\",\"{connection_file}\"]}");
        Environment.SetEnvironmentVariable("JUPYTER_DATA_DIR", Path.Combine(module.Folder, "jupyter"));
        try
        {
            EngineResult result = module.Session.Collect("Test-ConvNetKernel broken -TimeoutSeconds 5");

            Assert.Equal(false, Assert.Single(result.Output).Properties["Succeeded"].Value);
            Assert.StartsWith("Kernel.Failed", Assert.Single(result.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable("JUPYTER_DATA_DIR", null);
        }
    }

    [Theory]
    [InlineData("{}", "a port must be from 1 to 65535")]
    [InlineData("{\"transport\":\"ipc\"}", "transport must be tcp")]
    [InlineData("nothing", "A connection file holds a JSON object")]
    public void What_is_no_connection_file_is_an_error_that_says_so(string text, string expected)
    {
        File.WriteAllText(Path.Combine(module.Folder, "connection.json"), text);

        Assert.Contains(
            expected,
            Assert.Single(module.Session.Collect("Start-ConvNetKernel connection.json").Errors).ToString(),
            StringComparison.Ordinal
        );
    }
}
