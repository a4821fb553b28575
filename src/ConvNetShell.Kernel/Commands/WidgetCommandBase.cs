using System.Management.Automation;
using ConvNetShell.Display.Mime;
using ConvNetShell.Kernel.Engine;
using ConvNetShell.Kernel.Widgets;

namespace ConvNetShell.Kernel.Commands;

/// <summary>Base of the cmdlets that show a control in a notebook.</summary>
public abstract class WidgetCommandBase : PSCmdlet
{
    /// <summary>Gets the session's widgets; null where there is no front end to draw them.</summary>
    private protected CellWidgets? Widgets => Display is NotebookDisplay notebook ? notebook.Widgets : null;

    /// <summary>Gets a value indicating whether the outputs go into a notebook that nobody watches, as with Invoke-Notebook.</summary>
    private protected bool IsNotebookFile => Display is NotebookDisplay { Widgets: null };

    private object? Display =>
        SessionState.PSVariable.GetValue(INotebookDisplay.Variable) is PSObject wrapped
            ? wrapped.BaseObject
            : SessionState.PSVariable.GetValue(INotebookDisplay.Variable);
}
