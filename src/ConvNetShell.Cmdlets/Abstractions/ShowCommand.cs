using System.Management.Automation;
using System.Management.Automation.Host;
using ConvNetShell.Cmdlets.Session;
using ConvNetShell.Rendering.Terminal;

namespace ConvNetShell.Cmdlets.Abstractions;

/// <summary>Base of the cmdlets that show figures: in the notebook where there is one, else in the terminal.</summary>
public abstract class ShowCommand : FigureCommand
{
    private const int DefaultWidth = 100, DefaultHeight = 40;
    private const string NoColor = "NO_COLOR";

    /// <summary>Gets or sets a value indicating whether the figure is returned, to be exported, instead of shown.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Shows a figure, or returns it.</summary>
    private protected void Show(object figure)
    {
        if (PassThru)
        {
            WriteObject(figure);
            return;
        }
        if (NotebookDisplay.Find(SessionState) is { } notebook)
        {
            notebook.Show(Registry.Render(figure, Options));
            return;
        }
        string text = TerminalView.Draw(figure, Terminal()) ?? (Registry.CanRender(figure) ? Registry.Render(figure, Options).Text : figure.ToString() ?? string.Empty);

        // As Write-Host does: it can be captured or silenced, and the host leaves out colours where nobody would see them.
        WriteInformation(new HostInformationMessage { Message = text }, ["PSHOST"]);
    }

    private TerminalOptions Terminal()
    {
        (int width, int height) = (DefaultWidth, DefaultHeight);
        try
        {
            Size size = Host.UI.RawUI.WindowSize;
            (width, height) = (size.Width > 20 ? size.Width : width, size.Height > 8 ? size.Height : height);
        }
        catch (Exception error) when (error is NotImplementedException or HostException or InvalidOperationException or NullReferenceException or IOException)
        {
            // No window: a job, a remote session, a test.
        }
        bool color = Host?.UI?.SupportsVirtualTerminal == true && string.IsNullOrEmpty(Environment.GetEnvironmentVariable(NoColor));
        return new TerminalOptions(width, height, color);
    }
}
