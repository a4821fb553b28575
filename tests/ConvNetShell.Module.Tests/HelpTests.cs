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

    [Theory, MemberData(nameof(Cmdlets))]
    public void Two_examples_show_or_say_what_they_put_out(string cmdlet)
    {
        int most = cmdlet == "Start-ConvNetKernel" ? 1 : 2; // it has one argument, and serves
        IReadOnlyList<PSObject> remarks = module.Run(
            "(Get-Help $args[0] -Full).examples.example | ForEach-Object { $_.remarks.Text -join '' }",
            cmdlet
        );

        Assert.True(remarks.Count >= most, $"{remarks.Count} examples");
        Assert.All(remarks, remark => Assert.True(((string)remark.BaseObject).Trim().Length > 0, "An example says nothing of its result."));
    }

    [Theory, MemberData(nameof(Cmdlets))]
    public void Optional_parameters_name_their_defaults(string cmdlet) =>
        Assert.Empty(
            module.Run(
                """
                (Get-Help $args[0] -Full).parameters.parameter |
                    Where-Object { $_ -and $_.required -ne 'true' -and $_.defaultValue -ceq 'None' } |
                    Where-Object { $_.type.name -ne 'SwitchParameter' } |
                    Where-Object { $_.description[0].Text -cnotmatch 'Default: None|None \(the default\)' } | ForEach-Object name
                """,
                cmdlet
            )
        );

    [Theory, MemberData(nameof(Cmdlets))]
    public void Inputs_and_outputs_are_described(string cmdlet) =>
        Assert.Empty(
            module.Run(
                """
                $help = Get-Help $args[0] -Full
                $takes = @($help.parameters.parameter | Where-Object { $_.pipelineInput -like 'True (ByValue*' }).Count
                $inputs = @($help.inputTypes.inputType | Where-Object { $_ })
                if ($inputs.Count -ne $takes) { "$takes parameters take pipeline input, $($inputs.Count) inputs" }
                $inputs | Where-Object { -not $_.description.Text } | ForEach-Object { "input $($_.type.name)" }
                $outputs = @($help.returnValues.returnValue | Where-Object { $_ })
                if (-not $outputs) { 'no output' }
                $outputs | Where-Object { $_.type.name -like 'ConvNetShell.*' -and -not $_.description.Text } |
                    ForEach-Object { "output $($_.type.name)" }
                """,
                cmdlet
            )
        );
}
