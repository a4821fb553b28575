using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;

namespace ConvNetShell.Host.Hosting;

/// <summary>Draws the running activities at the bottom of a terminal, one line each and two at most, and takes them away again.</summary>
internal sealed class ProgressView(EngineSessionOptions options)
{
    private const int MaxLines = 2;
    private const int BarWidth = 24;
    private static readonly TimeSpan RedrawEvery = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private readonly List<(long Source, ProgressRecord Record)> _activities = [];
    private long _lastDraw;
    private int _drawnLines;

    public void Update(long source, ProgressRecord record)
    {
        lock (_gate)
        {
            int index = _activities.FindIndex(activity => activity.Source == source && activity.Record.ActivityId == record.ActivityId);
            if (record.RecordType == ProgressRecordType.Completed)
            {
                if (index >= 0)
                {
                    _activities.RemoveAt(index);
                }

                Clear();
                return;
            }

            if (index >= 0)
            {
                _activities[index] = (source, record);
            }
            else
            {
                _activities.Add((source, record));
            }

            if (_lastDraw == 0 || Stopwatch.GetElapsedTime(_lastDraw) >= RedrawEvery)
            {
                Draw();
            }
        }
    }

    /// <summary>Takes the lines away, before other text is written or when a pipeline ends.</summary>
    public void Erase()
    {
        lock (_gate)
        {
            Clear();
        }
    }

    private void Draw()
    {
        Clear();
        _lastDraw = Stopwatch.GetTimestamp();
        int width = options.Width ?? ShellRawUserInterface.TerminalWidth;
        foreach ((_, ProgressRecord record) in _activities.TakeLast(MaxLines))
        {
            string line = Describe(record);
            // One column is left free: a full line would wrap, and the erase would then miss it.
            options.Output.WriteLine(line.Length < width ? line : line[..Math.Max(width - 1, 0)]);
            _drawnLines++;
        }

        options.Output.Flush();
    }

    private void Clear()
    {
        if (_drawnLines > 0)
        {
            options.Output.Write(string.Create(CultureInfo.InvariantCulture, $"\e[{_drawnLines}A\r\e[J"));
            options.Output.Flush();
            _drawnLines = 0;
        }
    }

    private static string Describe(ProgressRecord record)
    {
        var parts = new List<string> { record.Activity };
        if (record.PercentComplete >= 0)
        {
            int filled = Math.Clamp(record.PercentComplete, 0, 100) * BarWidth / 100;
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"[{new string('#', filled)}{new string('.', BarWidth - filled)}] {record.PercentComplete} %"));
        }

        parts.Add(record.StatusDescription);
        if (record.SecondsRemaining >= 0)
        {
            parts.Add(TimeSpan.FromSeconds(record.SecondsRemaining).ToString("g", CultureInfo.InvariantCulture) + " left");
        }

        return string.Join("  ", parts.Where(part => !string.IsNullOrWhiteSpace(part))).ReplaceLineEndings(" ");
    }
}
