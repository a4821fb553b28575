using ConvNetShell.Cmdlets.Parameters;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training;

namespace ConvNetShell.Cmdlets.Session;

/// <summary>Turns what a user holds into records that have renderers.</summary>
internal static class Drawables
{
    /// <summary>Returns the record that is drawn for an object; the object itself where it is one.</summary>
    public static object? From(object? item) => Values.Unwrap(item) switch
    {
        TrainingRun run => TrainingCharts.Of(run),
        Network network => NetworkSummarizer.Summarize(network.Plan, network.Name),
        var other => other,
    };
}
