using System.Management.Automation;
using ConvNetShell.Display.Mime;
using ConvNetShell.Kernel.Output;

namespace ConvNetShell.Kernel.Engine;

/// <summary>
/// The script that draws charts: shown once in a notebook, before the first chart. When the cell that has it is run again,
/// its output is replaced; so it is shown again.
/// </summary>
internal sealed class PageScript(CellOutput output)
{
    private bool isShown;
    private string cell = string.Empty;
    private string? bearer;

    /// <summary>Gets or sets a value indicating whether no script is shown: charts go out as pictures.</summary>
    public bool IsOff { get; set; }

    /// <summary>A cell begins.</summary>
    public void Begin(string code)
    {
        cell = code;
        isShown &= code != bearer;
    }

    /// <summary>Shows the script where the content is the first that needs it; to be called on the cell's thread.</summary>
    public void ShowFor(MimeBundle content)
    {
        if (isShown || IsOff || !content.NeedsPageScript)
        {
            return;
        }

        isShown = true;
        bearer = cell;
        using PowerShell shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand(MimeRenderer.Cmdlet).AddParameter("PageScript");
        if (shell.Invoke().FirstOrDefault()?.BaseObject is MimeBundle script)
        {
            output.Show(script);
        }
    }
}
