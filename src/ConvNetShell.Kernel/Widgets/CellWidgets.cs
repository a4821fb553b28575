using System.Globalization;
using System.Management.Automation;
using System.Text.Json.Nodes;
using ConvNetShell.Display.Mime;
using ConvNetShell.Kernel.Output;

namespace ConvNetShell.Kernel.Widgets;

/// <summary>Shows widgets in the cells of a session.</summary>
/// <param name="manager">The kernel's widgets.</param>
/// <param name="runner">The session.</param>
/// <param name="output">What its cells write.</param>
internal sealed class CellWidgets(WidgetManager manager, IBlockRunner runner, CellOutput output)
{
    private const string View = "application/vnd.jupyter.widget-view+json";

    /// <summary>Returns a script block as one of this session.</summary>
    public WidgetBlock Block(ScriptBlock block) => new(block, runner);

    /// <summary>
    /// Shows a widget in the output of the present cell: a view for front ends that have the widgets' scripts, and for others the text and
    /// the first picture of the script's first run.
    /// </summary>
    /// <param name="widget">The widget.</param>
    /// <param name="caption">The text of the control, for other front ends.</param>
    public void Show(Widget widget, string caption)
    {
        output.End(); // what the cell wrote before comes before
        ICellSink front = output.Sink ?? throw new InvalidOperationException("A widget is shown by a cell.");
        manager.Add(widget, front);
        JsonArray first = widget.Begin(runner, front) ?? [];
        output.Show(Bundle(widget.Box.Id, caption, first));
    }

    private static MimeBundle Bundle(string model, string caption, JsonArray first)
    {
        var data = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [View] = string.Create(CultureInfo.InvariantCulture, $$"""{"version_major":2,"version_minor":0,"model_id":"{{model}}"}"""),
            [MimeBundle.PlainText] = string.Join('\n', new[] { caption }.Concat(first.Select(Text)).Where(text => text.Length > 0)),
        };
        foreach (string picture in new[] { MimeBundle.Png, MimeBundle.Svg })
        {
            if (first.Select(output => Form(output, picture)).FirstOrDefault(form => form is not null) is { } form)
            {
                data[picture] = form;
                break;
            }
        }

        return new MimeBundle(data);
    }

    private static string Text(JsonNode? output) =>
        (
            Form(output, MimeBundle.PlainText)
            ?? output?["text"]?.GetValue<string>()
            ?? (output?["traceback"] is JsonArray lines ? AnsiText.Plain(string.Join('\n', lines)) : string.Empty)
        ).TrimEnd();

    private static string? Form(JsonNode? output, string mime) =>
        output?["data"]?[mime] is JsonValue value ? value.GetValue<string>() : null;
}
