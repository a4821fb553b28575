using System.Text.Json.Nodes;
using ConvNetShell.Display.Mime;
using ConvNetShell.Kernel.Output;

namespace ConvNetShell.Kernel.Widgets;

/// <summary>
/// The output of a widget's script: outputs as notebooks store them, in the state of its output model. What was there stays until
/// something new comes. Charts are pictures, as a page that is opened again has no script for them.
/// </summary>
/// <param name="area">The output model.</param>
/// <param name="front">Where messages to the front end go.</param>
/// <param name="isCurrent">Whether this is still the latest run; what an earlier one writes is not shown.</param>
internal sealed class WidgetSink(WidgetModel area, ICellSink front, Func<bool> isCurrent) : ICellSink
{
    private const int PauseMilliseconds = 200;
    private readonly NotebookSink outputs = new(0, isStatic: true);
    private long last = Environment.TickCount64;
    private bool isChanged = true; // a script without output leaves an empty area

    /// <summary>Gets the outputs.</summary>
    public JsonArray Outputs => outputs.Outputs;

    /// <inheritdoc/>
    public void Stream(string name, string text)
    {
        outputs.Stream(name, text);
        Changed();
    }

    /// <inheritdoc/>
    public void Display(MimeBundle content, string? id)
    {
        outputs.Display(content, id);
        Changed();
    }

    /// <inheritdoc/>
    public void Update(MimeBundle content, string id)
    {
        if (outputs.Update(content, id))
        {
            Changed();
        }
        else
        {
            front.Update(content, id); // something that a cell has shown
        }
    }

    /// <inheritdoc/>
    public void Result(MimeBundle content, string? id)
    {
        outputs.Display(content, id); // the results of a widget have no number
        Changed();
    }

    /// <inheritdoc/>
    public void Clear(bool wait)
    {
        outputs.Clear(wait);
        Changed();
    }

    /// <inheritdoc/>
    public void Comm(CommMessage message) => front.Comm(message);

    /// <summary>Shows an error.</summary>
    public void Fail(string name, string message, IEnumerable<string> traceback)
    {
        outputs.Fail(name, message, traceback);
        Changed();
    }

    /// <summary>The script has ended: the front end gets what it has not yet.</summary>
    public void End() => Send();

    private void Changed()
    {
        isChanged = true;
        if (Environment.TickCount64 - last >= PauseMilliseconds)
        {
            Send();
        }
    }

    private void Send()
    {
        if (isChanged && isCurrent())
        {
            (isChanged, last) = (false, Environment.TickCount64);
            front.Comm(area.Set("outputs", Outputs.DeepClone()));
        }
    }
}
