using System.Management.Automation;
using ConvNetShell.Cmdlets.Session;
using ConvNetShell.Cmdlets.Session.Figures;
using ConvNetShell.Rendering;
using ConvNetShell.Rendering.Terminal;

namespace ConvNetShell.Cmdlets.Abstractions;

/// <summary>
/// Base of the cmdlets that show figures: in the notebook where there is one, else in the terminal; as text where the output goes to a file
/// or another cmdlet.
/// </summary>
public abstract class ShowCommand : FigureCommand
{
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
        bool asText = OutputPipe.WantsText(this);
        TerminalOptions terminal = asText
            ? TerminalInfo.Of(Host, SessionState)
            : TerminalInfo.WithPixels(Host, SessionState, ConvNetSession.Current);
        string Words() =>
            TerminalView.Draw(figure, terminal with { Color = false, Sixel = null }, Options)
            ?? (Registry.CanRender(figure) ? Registry.Render(figure, Options).Text : figure.ToString() ?? string.Empty);
        if (asText)
        {
            WriteObject(Words());
            return;
        }
        string drawn = TerminalView.Draw(figure, terminal, Options) ?? Words();

        // As Write-Host does: it can be captured or silenced.
        WriteInformation(new FigureMessage(drawn, Words), ["PSHOST"]);
    }
}
