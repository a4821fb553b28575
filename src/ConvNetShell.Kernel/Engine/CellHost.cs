using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using ConvNetShell.Kernel.Output;

namespace ConvNetShell.Kernel.Engine;

/// <summary>The engine's host in a notebook.</summary>
internal sealed class CellHost(CellOutput output) : PSHost
{
    private readonly CellUserInterface userInterface = new(output);

    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "ConvNetShell.Kernel";

    public override PSHostUserInterface UI => userInterface;

    public override Version Version => typeof(CellHost).Assembly.GetName().Version!;

    /// <summary>The user interface with what only the kernel uses.</summary>
    public CellUserInterface Cell => userInterface;

    /// <summary>The exit code of the current cell: <c>exit</c> ends the cell, not the kernel.</summary>
    public int? ExitCode { get; set; }

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    public override void EnterNestedPrompt() =>
        throw new PSNotSupportedException("A notebook has no nested prompt; interrupt the cell and look at its variables in another.");

    public override void ExitNestedPrompt() => throw new PSNotSupportedException("A notebook has no nested prompt.");

    public override void NotifyBeginApplication()
    {
        // Native programs write to the pipeline; there is no terminal to hand over.
    }

    public override void NotifyEndApplication()
    {
        // See NotifyBeginApplication.
    }
}
