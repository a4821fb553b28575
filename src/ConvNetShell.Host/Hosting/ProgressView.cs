using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;

namespace ConvNetShell.Host.Hosting;

/// <summary>Draws the running activities at the bottom of a terminal, one line each and two at most, and takes them away again.</summary>
internal sealed class ProgressView(EngineSessionOptions options)
{
    private const int MaxLines = 2;
    private const int LongestBar = 24;
    private const int ShortestBar = 6;
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
            string line = Describe(record, width);
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

    /// <summary>Writes one line; the bar takes the room that the words leave, within its bounds.</summary>
    private static string Describe(ProgressRecord record, int width)
    {
        string timeLeft = record.SecondsRemaining >= 0
            ? TimeSpan.FromSeconds(record.SecondsRemaining).ToString("g", CultureInfo.InvariantCulture) + " left"
            : string.Empty;
        string words = Join(record.Activity, record.StatusDescription, timeLeft);
        if (record.PercentComplete < 0)
        {
            return words;
        }

        string percent = string.Create(CultureInfo.InvariantCulture, $"{record.PercentComplete} %");
        int length = Math.Clamp(width - words.Length - percent.Length - "  [] ".Length - 1, ShortestBar, LongestBar);
        int filled = Math.Clamp(record.PercentComplete, 0, 100) * length / 100;
        return Join(record.Activity, $"[{new string('#', filled)}{new string('.', length - filled)}] {percent}", record.StatusDescription, timeLeft);
    }

    private static string Join(params IEnumerable<string> parts) =>
        string.Join("  ", parts.Where(part => !string.IsNullOrWhiteSpace(part))).ReplaceLineEndings(" ");
}
