using System.Globalization;
using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>Get-Date: now, or a given time, as a time or as text.</summary>
[Cmdlet(VerbsCommon.Get, "Date")]
[OutputType(typeof(DateTime), typeof(string))]
public sealed class GetDateCommand : PSCmdlet
{
    /// <summary>The time; now when left out.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("LastWriteTime")]
    public DateTime? Date { get; set; }

    /// <summary>The time as seconds since 1970.</summary>
    [Parameter]
    [Alias("UnixTime")]
    public long? UnixTimeSeconds { get; set; }

    /// <summary>Replaces the year.</summary>
    [Parameter]
    [ValidateRange(1, 9999)]
    public int? Year { get; set; }

    /// <summary>Replaces the month.</summary>
    [Parameter]
    [ValidateRange(1, 12)]
    public int? Month { get; set; }

    /// <summary>Replaces the day.</summary>
    [Parameter]
    [ValidateRange(1, 31)]
    public int? Day { get; set; }

    /// <summary>Replaces the hour.</summary>
    [Parameter]
    [ValidateRange(0, 23)]
    public int? Hour { get; set; }

    /// <summary>Replaces the minute.</summary>
    [Parameter]
    [ValidateRange(0, 59)]
    public int? Minute { get; set; }

    /// <summary>Replaces the second.</summary>
    [Parameter]
    [ValidateRange(0, 59)]
    public int? Second { get; set; }

    /// <summary>Replaces the millisecond.</summary>
    [Parameter]
    [ValidateRange(0, 999)]
    public int? Millisecond { get; set; }

    /// <summary>A .NET format; the result is text.</summary>
    [Parameter]
    [ArgumentCompletions("yyyy-MM-dd", "HH:mm:ss", "o", "s", "u", "FileDate", "FileDateTime")]
    public string? Format { get; set; }

    /// <summary>Turns the time into UTC.</summary>
    [Parameter]
    public SwitchParameter AsUTC { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        DateTime time = UnixTimeSeconds is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds).LocalDateTime : Date ?? DateTime.Now;
        time = time
            .AddYears((Year ?? time.Year) - time.Year)
            .AddMonths((Month ?? time.Month) - time.Month)
            .AddDays((Day ?? time.Day) - time.Day)
            .AddHours((Hour ?? time.Hour) - time.Hour)
            .AddMinutes((Minute ?? time.Minute) - time.Minute)
            .AddSeconds((Second ?? time.Second) - time.Second)
            .AddMilliseconds((Millisecond ?? time.Millisecond) - time.Millisecond);
        time = AsUTC ? time.ToUniversalTime() : time;
        WriteObject(Format is null ? time : time.ToString(NetFormat(Format), CultureInfo.CurrentCulture));
    }

    private static string NetFormat(string format) => format.ToLower(CultureInfo.InvariantCulture) switch
    {
        "filedate" => "yyyyMMdd",
        "filedatetime" => "yyyyMMddTHHmmssffff",
        "filedateuniversal" => "yyyyMMddZ",
        "filedatetimeuniversal" => "yyyyMMddTHHmmssffffZ",
        _ => format,
    };
}
