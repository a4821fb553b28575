using System.Management.Automation;
using ConvNetShell.Display.Text;
using ConvNetShell.Kernel.Widgets;

namespace ConvNetShell.Kernel.Commands;

/// <summary>
/// Shows a button in the notebook and, below it, the output of a script block, which runs with each click; the button takes no clicks
/// while it runs. The block runs in the notebook's session, between cells; in front ends that use subshells, beside the cell that runs.
/// Without a notebook nobody can click, so that nothing runs and a warning says so.
/// </summary>
/// <example>
/// <para>Draws other images with each click.</para>
/// <code>Show-Button 'Other images' { Select-Sample Shapes -Count 9 -Random -Seed (Get-Random) | Show-Image }</code>
/// </example>
/// <example>
/// <para>Another try with each click; the last result stays below the button.</para>
/// <code>Show-Button 'Draw' { 'heads', 'tails' | Get-Random }</code>
/// </example>
[Cmdlet(VerbsCommon.Show, "Button", HelpUri = ProjectLinks.Help + "Show-Button")]
[OutputType(typeof(void))]
public sealed class ShowButtonCommand : WidgetCommandBase
{
    /// <summary>Gets or sets the text on the button.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Text { get; set; } = null!;

    /// <summary>Gets or sets the script block.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    public ScriptBlock ScriptBlock { get; set; } = null!;

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (Widgets is { } widgets)
        {
            widgets.Show(new ButtonWidget(Text, widgets.Block(ScriptBlock)), $"[{Text}]");
        }
        else
        {
            WriteWarning($"There is no notebook to show the button '{Text}' in: its script block has not run.");
        }
    }
}
