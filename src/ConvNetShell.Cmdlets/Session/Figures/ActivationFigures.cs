using ConvNetShell.Core.Layers.Activation;
using ConvNetShell.Core.Operators;
using ConvNetShell.Display.Records.Operators;

namespace ConvNetShell.Cmdlets.Session.Figures;

/// <summary>Turns activation layers, and numbers that went through one, into charts of the function.</summary>
internal static class ActivationFigures
{
    /// <summary>Returns the objects, with a chart for each activation layer and for neighboring rows of one function.</summary>
    public static IEnumerable<object> Replace(IEnumerable<object> items)
    {
        var rows = new List<ActivationRow>();
        foreach (object item in items)
        {
            if (rows.Count > 0 && (item as ActivationRow)?.Function != rows[0].Function)
            {
                yield return Chart(rows);
                rows.Clear();
            }
            if (item is ActivationRow row)
            {
                rows.Add(row);
            }
            else
            {
                yield return item is ActivationSpec layer ? ActivationCalculator.Chart(layer.Function, []) : item;
            }
        }
        if (rows.Count > 0)
        {
            yield return Chart(rows);
        }
    }

    private static ActivationChart Chart(List<ActivationRow> rows) =>
        ActivationCalculator.Chart(Enum.Parse<ActivationKind>(rows[0].Function), [.. rows]);
}
