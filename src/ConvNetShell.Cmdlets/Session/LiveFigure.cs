using System.Globalization;
using System.Management.Automation;
using ConvNetShell.Display;
using ConvNetShell.Rendering.Terminal;

namespace ConvNetShell.Cmdlets.Session;

/// <summary>One place, in the notebook or in the terminal, in which a figure is drawn again and again.</summary>
/// <param name="cmdlet">The cmdlet that draws.</param>
/// <param name="notebook">The notebook, where there is one.</param>
/// <param name="terminal">What the terminal can do.</param>
/// <param name="registry">The renderers.</param>
internal sealed class LiveFigure(Cmdlet cmdlet, NotebookDisplay? notebook, TerminalOptions terminal, RendererRegistry registry)
{
    private string? place;
    private int lines;

    /// <summary>Gets a value indicating whether what was drawn can be drawn over; a file only gets the last figure.</summary>
    public bool CanRedraw => notebook is not null || terminal.Color;

    /// <summary>Leaves what is drawn where it is: something else was written below it.</summary>
    public void Leave() => lines = 0;

    /// <summary>Draws a figure where the last one was.</summary>
    public void Draw(object figure)
    {
        if (notebook is not null)
        {
            MimeBundle bundle = registry.Render(figure, RenderOptions.Default);
            if (place is null)
            {
                place = notebook.Show(bundle);
            }
            else
            {
                notebook.Update(place, bundle);
            }
            return;
        }
        string text = TerminalView.Draw(figure, terminal) ?? figure.ToString() ?? string.Empty;
        string up = lines > 0 && terminal.Color ? string.Create(CultureInfo.InvariantCulture, $"\u001b[{lines}A\u001b[J") : string.Empty;
        lines = text.Split('\n').Length;
        cmdlet.WriteInformation(new HostInformationMessage { Message = up + text }, ["PSHOST"]);
    }
}
