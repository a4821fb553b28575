using System.Management.Automation;
using ConvNetShell.Module.Tests.Support;

namespace ConvNetShell.Module.Tests;

/// <summary>Get-Help knows every cmdlet, and what it shows is true.</summary>
public sealed class HelpTests(ModuleFixture module)
{
    public static TheoryData<string> Cmdlets => ManifestTests.CmdletNames;

    [Theory, MemberData(nameof(Cmdlets))]
    public void Get_Help_says_what_a_cmdlet_and_its_parameters_do(string cmdlet)
    {
        Assert.EndsWith(".", module.Get<string>("(Get-Help $args[0]).Synopsis.Trim()", cmdlet), StringComparison.Ordinal);
        Assert.Empty(
            module.Run(
                """
                $own = @((Get-Command $args[0]).Parameters.Values |
                    Where-Object { $_.Name -notin [System.Management.Automation.PSCmdlet]::CommonParameters } | ForEach-Object Name)
                $told = @((Get-Help $args[0] -Full).parameters.parameter |
                    Where-Object { $_ -and $_.description[0].Text.Length -gt 10 } | ForEach-Object name)
                Compare-Object (,'' + $own) (,'' + $told) | ForEach-Object { "$($_.InputObject) $($_.SideIndicator)" }
                """,
                cmdlet
            )
        );
    }

    [Theory, MemberData(nameof(Cmdlets))]
    public void The_examples_use_cmdlets_and_parameters_that_exist(string cmdlet)
    {
        IReadOnlyList<PSObject> examples = module.Run("(Get-Help $args[0] -Full).examples.example | ForEach-Object code", cmdlet);

        Assert.NotEmpty(examples);
        Assert.All(examples, example => Assert.Contains(cmdlet, module.AssertCommandsExist((string)example.BaseObject)));
    }
}
