using System.Management.Automation;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Display.Records.Training;

namespace ConvNetShell.Cmdlets.Session;

/// <summary>The script blocks a user wants run after each epoch. In them <c>$_</c> is the epoch's record and <c>$run</c> the run.</summary>
/// <param name="OnEpoch">Runs after each epoch, or <see langword="null"/>.</param>
/// <param name="StopWhen">Ends the run if its result is true, or <see langword="null"/>.</param>
internal sealed record EpochScripts(ScriptBlock? OnEpoch, ScriptBlock? StopWhen)
{
    /// <summary>Runs them and returns what -OnEpoch has put out, as lines.</summary>
    public IReadOnlyList<string> Run(TrainingRun run, EpochRecord epoch)
    {
        string[] lines = [.. Invoke(OnEpoch, run, epoch).Where(item => item is not null).Select(item => item.ToString() ?? string.Empty)];
        if (StopWhen is not null && LanguagePrimitives.IsTrue(Invoke(StopWhen, run, epoch).LastOrDefault()))
        {
            run.Control.Stop();
        }
        return lines;
    }

    private static IReadOnlyList<PSObject> Invoke(ScriptBlock? script, TrainingRun run, EpochRecord epoch) =>
        script is null ? [] : script.InvokeWithContext(null, [new PSVariable("_", epoch), new PSVariable("run", run)], epoch);
}
