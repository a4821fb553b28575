using System.Management.Automation;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Display.Mime;

namespace ConvNetShell.Cmdlets.Session.Figures;

/// <summary>Finds the notebook's display, which the kernel leaves in a variable.</summary>
internal static class NotebookDisplay
{
    /// <summary>Returns the display, or nothing at a plain prompt.</summary>
    public static INotebookDisplay? Find(SessionState session) =>
        Values.Unwrap(session.PSVariable.GetValue(INotebookDisplay.Variable)) as INotebookDisplay;
}
