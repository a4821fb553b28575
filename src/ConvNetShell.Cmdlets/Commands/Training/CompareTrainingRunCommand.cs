using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Storage;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Training;

/// <summary>Compares two runs: the settings that differ, and the metrics of the best epochs with their differences.</summary>
/// <example>
/// <code>Compare-TrainingRun 1 2</code>
/// A row for each setting that differs between the runs 1 and 2 of this session, and for each metric.
/// </example>
/// <example>
/// <code>Compare-TrainingRun -RunPath ./runs baseline wider | Where-Object Kind -eq Setting</code>
/// Only the settings, of two runs that were kept on disk.
/// </example>
[Cmdlet(VerbsData.Compare, "TrainingRun", HelpUri = ProjectLinks.Help + "Compare-TrainingRun")]
[OutputType(typeof(RunDifference))]
public sealed class CompareTrainingRunCommand : ConvNetCommand
{
    /// <summary>Gets or sets the first run: an object, a number, a name or an identifier.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ArgumentCompleter(typeof(RunCompleter))]
    public object Reference { get; set; } = null!;

    /// <summary>Gets or sets the second run: an object, a number, a name or an identifier.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ArgumentCompleter(typeof(RunCompleter))]
    public object Difference { get; set; } = null!;

    /// <summary>Gets or sets the folder of kept runs in which names are looked for. Default: the runs of this session.</summary>
    [Parameter]
    public string? RunPath { get; set; }

    /// <inheritdoc />
    protected override void Finish()
    {
        IReadOnlyList<StoredRun> kept = RunPath is null ? [] : RunStore.Read(FullPath(RunPath), WriteWarning);
        if (Facts(nameof(Reference), Reference, kept) is { } first && Facts(nameof(Difference), Difference, kept) is { } second)
        {
            WriteObject(RunComparison.Compare(first, second), enumerateCollection: true);
        }
    }

    /// <summary>Returns what is compared of the one run that is meant; <see langword="null"/> after the error that there is none.</summary>
    private RunFacts? Facts(string parameter, object given, IReadOnlyList<StoredRun> kept)
    {
        object? value = Values.Unwrap(given);
        object[] found = value switch
        {
            StoredRun or TrainingRun => [value],
            _ when RunPath is not null => [.. KeptRuns.Find(kept, [given], WriteError)],
            _ => [.. RunNames.Find(given, WriteError)],
        };
        return found switch
        {
            [TrainingRun run] => RunFacts.Of(run),
            [StoredRun run] => RunFacts.Of(run),
            [] => null,
            _ => throw new InvalidSettingException(
                parameter,
                "one run",
                string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{found.Length} runs")
            ),
        };
    }
}
