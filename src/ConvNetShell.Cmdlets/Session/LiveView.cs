using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Host;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training;
using ConvNetShell.Display;
using ConvNetShell.Rendering;
using ConvNetShell.Rendering.Terminal;

namespace ConvNetShell.Cmdlets.Session;

/// <summary>
/// Draws a run as it goes on, at most twice a second: in a notebook as one display that changes, in a terminal as a panel drawn over itself. Where the cursor
/// cannot be moved (a file, a pipe) the panel comes once, at the end.
/// </summary>
/// <param name="session">The session, in which a notebook leaves its display.</param>
/// <param name="host">The host, whose terminal is drawn in otherwise.</param>
/// <param name="title">What stands above it.</param>
/// <param name="curves">Whether loss and accuracy are drawn.</param>
/// <param name="filters">Whether the first layer's filters are drawn after each epoch.</param>
internal sealed class LiveView(SessionState session, PSHost host, string title, bool curves, bool filters)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private readonly RendererRegistry registry = Renderers.Create();
    private readonly NotebookDisplay? notebook = NotebookDisplay.Find(session);
    private readonly Dictionary<string, string> places = new(StringComparer.Ordinal);
    private readonly Stopwatch sinceDrawn = new();
    private LiveHistory? history;
    private object? grid;
    private int drawnLines;

    /// <summary>Gets a value indicating whether a progress bar would draw over the panel.</summary>
    public bool TakesThePlaceOfProgress => notebook is null && TerminalWindow.CanRedraw(host);

    /// <summary>Takes in a step.</summary>
    public void OnStep(in StepProgress progress)
    {
        history ??= new LiveHistory(title);
        history.Add(progress.Epoch - 1 + (double)progress.Step / progress.Steps, progress.Loss, progress.Accuracy);
        if (!sinceDrawn.IsRunning || sinceDrawn.Elapsed >= Pause)
        {
            Draw();
        }
    }

    /// <summary>Takes in an epoch that has ended.</summary>
    public void OnEpoch(TrainingRun run)
    {
        history ??= new LiveHistory(title);
        history.Add(run.History[^1]);
        NetworkLayer? first = run.Network.Layers.FirstOrDefault(layer => layer.Spec is ConvSpec);
        if (filters && first is not null)
        {
            grid = Figures.Combine(NetworkFilters.Get(run.Network, first.Name, null)).FirstOrDefault();
        }
        if (sinceDrawn.Elapsed >= Pause)
        {
            Draw();
        }
    }

    /// <summary>Draws the last state, which stays.</summary>
    public void Complete()
    {
        if (history is not null)
        {
            Draw(isLast: true);
        }
    }

    private void Draw(bool isLast = false)
    {
        sinceDrawn.Restart();
        object?[] figures = [curves ? history : null, grid];
        if (notebook is null)
        {
            DrawInTerminal(figures, isLast);
            return;
        }
        foreach (object figure in figures.OfType<object>())
        {
            MimeBundle bundle = registry.Render(figure);
            string kind = figure.GetType().Name;
            if (places.TryGetValue(kind, out string? place))
            {
                notebook.Update(place, bundle);
            }
            else
            {
                places[kind] = notebook.Show(bundle);
            }
        }
    }

    private void DrawInTerminal(object?[] figures, bool isLast)
    {
        bool redraw = TerminalWindow.CanRedraw(host);
        if (!redraw && !isLast)
        {
            return;
        }
        TerminalOptions options = TerminalWindow.Of(host);
        string text = string.Join(Environment.NewLine, figures.OfType<object>().Select(figure => TerminalView.Draw(figure, options) ?? figure.ToString()));
        string back = redraw && drawnLines > 0 ? $"\e[{drawnLines}A\r\e[J" : string.Empty;
        host.UI.Write(back + text + Environment.NewLine);
        drawnLines = text.Split('\n').Length;
    }
}
