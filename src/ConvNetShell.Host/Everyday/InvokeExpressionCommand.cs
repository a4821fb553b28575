using System.Management.Automation.Runspaces;
using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>Invoke-Expression: runs text as a script in the caller's scope.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "Expression")]
[OutputType(typeof(PSObject))]
public sealed class InvokeExpressionCommand : PSCmdlet
{
    /// <summary>The text.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    public string Command { get; set; } = string.Empty;

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        WriteObject(InvokeCommand.InvokeScript(Command, useNewScope: false, PipelineResultTypes.None, input: null), enumerateCollection: true);
}
