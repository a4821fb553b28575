using System.Globalization;
using System.Management.Automation;
using ConvNetShell.Display.Mime;
using ConvNetShell.Rendering;
using ConvNetShell.Rendering.Terminal;

namespace ConvNetShell.Cmdlets.Session.Figures;

/// <summary>
/// Figures that are drawn again and again: in the notebook each in its own output, in a terminal one below the other at the end of what
/// is written.
/// </summary>
/// <param name="cmdlet">The cmdlet that draws.</param>
/// <param name="notebook">The notebook, where there is one.</param>
/// <param name="terminal">The terminal's abilities and its current size.</param>
/// <param name="registry">The renderers.</param>
internal sealed class LiveFigure(Cmdlet cmdlet, INotebookDisplay? notebook, Func<TerminalOptions> terminal, RendererRegistry registry)
{
    private const string Hold = "\u001b[?2026h",
        Release = "\u001b[?2026l"; // a terminal that knows these shows a figure when it is whole
    private const int SmallTile = 8; // of filters: enough for five pixels, and a layer takes few lines
    private readonly List<string> outputs = [];
    private readonly bool canRedraw = notebook is not null || terminal().Color;
    private int lines;

    /// <summary>Gets a value indicating whether a figure can be redrawn; a file only gets the last figure.</summary>
    public bool CanRedraw => canRedraw;

    /// <summary>
    /// Takes the figures away in a terminal, so that something else can be written above them; returns whether there were any.
    /// </summary>
    public bool Erase()
    {
        bool drawn = lines > 0 && canRedraw;
        if (drawn)
        {
            cmdlet.WriteInformation(new FigureMessage(Up(), () => string.Empty) { NoNewLine = true }, ["PSHOST"]);
        }
        lines = 0;
        return drawn;
    }

    /// <summary>Draws figures where the last ones were.</summary>
    /// <param name="figures">The figures.</param>
    /// <param name="last">Whether they stay: then they may be higher than the window.</param>
    public void Draw(IReadOnlyList<object> figures, bool last = false)
    {
        if (notebook is null)
        {
            Write(figures, last);
            return;
        }
        for (int i = 0; i < figures.Count; i++)
        {
            MimeBundle bundle = registry.Render(figures[i], RenderOptions.Default);
            if (i == outputs.Count)
            {
                outputs.Add(notebook.Show(bundle));
            }
            else
            {
                notebook.Update(outputs[i], bundle);
            }
        }
    }

    private void Write(IReadOnlyList<object> figures, bool last)
    {
        TerminalOptions window = terminal();
        int room = window.Height - 1; // the line below the figures has the cursor
        var parts = new List<string[]>();
        foreach (object figure in figures.Reverse()) // the first gets the room that the others leave
        {
            string part =
                TerminalView.Draw(figure, window with { Height = room, MostTile = SmallTile }) ?? figure.ToString() ?? string.Empty;
            parts.Insert(0, part.ReplaceLineEndings("\n").Split('\n'));
            room -= parts[0].Length;
        }
        string[] all = [.. parts.SelectMany(part => part)];
        string[] shown = canRedraw && !last ? [.. all.Take(window.Height - 1)] : all; // lines that have left the window cannot be redrawn
        string text = string.Join('\n', shown),
            drawn = canRedraw ? Hold + Up() + text + Release : text;
        lines = shown.Length;
        cmdlet.WriteInformation(new FigureMessage(drawn, () => string.Join('\n', figures)), ["PSHOST"]);
    }

    private string Up() =>
        lines > 0 && canRedraw ? string.Create(CultureInfo.InvariantCulture, $"\r\u001b[{lines}A\u001b[J") : string.Empty;
}
