using System.Globalization;
using System.Management.Automation;
using System.Net;
using System.Text;
using ConvNetShell.Display.Mime;

namespace ConvNetShell.Kernel.Output;

/// <summary>
/// Write-Progress in a notebook: one display with a bar for each activity, empty when all are done. A short activity shows none.
/// </summary>
internal sealed class ProgressDisplay(CellOutput output)
{
    private const int Patience = 300,
        Bars = 5;
    private static readonly MimeBundle Nothing = Bundle(string.Empty, string.Empty);
    private readonly Lock gate = new();
    private readonly List<((long Source, int Activity) Key, ProgressRecord Record)> activities = [];
    private string? id;
    private long begun;

    /// <summary>Takes a record of an activity.</summary>
    public void Take(long source, ProgressRecord record)
    {
        lock (gate)
        {
            int index = activities.FindIndex(entry => entry.Key == (source, record.ActivityId));
            if (record.RecordType == ProgressRecordType.Completed)
            {
                if (index >= 0)
                {
                    activities.RemoveAt(index);
                }
            }
            else if (index >= 0)
            {
                activities[index] = (activities[index].Key, record);
            }
            else
            {
                begun = activities.Count == 0 && id is null ? Environment.TickCount64 : begun;
                activities.Add(((source, record.ActivityId), record));
            }

            Draw();
        }
    }

    /// <summary>The cell has ended: nothing is left of the bar.</summary>
    public void End()
    {
        lock (gate)
        {
            activities.Clear();
            Draw();
            id = null;
        }
    }

    private void Draw()
    {
        if (id is null)
        {
            if (activities.Count == 0 || Environment.TickCount64 - begun < Patience)
            {
                return;
            }

            id = Guid.NewGuid().ToString("N");
            output.Show(Content(), id);
        }
        else
        {
            output.Update(id, activities.Count == 0 ? Nothing : Content());
        }
    }

    private MimeBundle Content()
    {
        StringBuilder html = new(),
            text = new();
        foreach ((_, ProgressRecord record) in activities.TakeLast(Bars))
        {
            string left =
                record.SecondsRemaining > 0
                    ? TimeSpan.FromSeconds(record.SecondsRemaining).ToString("g", CultureInfo.InvariantCulture) + " left"
                    : string.Empty;
            string percent =
                record.PercentComplete >= 0 ? string.Create(CultureInfo.InvariantCulture, $"{record.PercentComplete} %") : string.Empty;
            string line = string.Join(
                "  ",
                new[] { record.Activity, percent, record.StatusDescription, left }.Where(part => !string.IsNullOrWhiteSpace(part))
            );
            string value =
                record.PercentComplete >= 0
                    ? string.Create(CultureInfo.InvariantCulture, $" value=\"{record.PercentComplete}\"")
                    : string.Empty;
            html.Append(CultureInfo.InvariantCulture, $"<div><progress max=\"100\"{value}></progress> {WebUtility.HtmlEncode(line)}</div>");
            text.AppendLine(line);
        }

        return Bundle(html.ToString(), text.ToString().TrimEnd());
    }

    private static MimeBundle Bundle(string html, string text) =>
        new([KeyValuePair.Create(MimeBundle.Html, html), KeyValuePair.Create(MimeBundle.PlainText, text)]);
}
