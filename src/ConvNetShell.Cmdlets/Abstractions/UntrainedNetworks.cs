using System.Globalization;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Cmdlets.Session;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training.Runs;

namespace ConvNetShell.Cmdlets.Abstractions;

/// <summary>
/// Warns once of each network that is evaluated, exported or looked into although nobody has trained it or set its weights.
/// </summary>
internal static class UntrainedNetworks
{
    /// <summary>Looks at the networks among a cmdlet's arguments.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="when">When it warns.</param>
    public static void Check(ConvNetCommand cmdlet, UntrainedWarning when)
    {
        if (when == UntrainedWarning.None)
        {
            return;
        }
        foreach (object? value in cmdlet.MyInvocation.BoundParameters.Values.Select(Values.Unwrap).SelectMany(Each))
        {
            (Network? network, bool isPreset) = value switch
            {
                // No run was trained from a network that is made for this argument, so only its name counts.
                NetworkSource { IsTemporary: true } when when != UntrainedWarning.Always => (null, true),
                NetworkSource source => (source.Network, source.IsTemporary),
                Network given => (given, false),
                _ => (null, false),
            };
            if (network is { HasInitialWeights: true })
            {
                Check(cmdlet, when, network, isPreset);
            }
        }
    }

    private static IEnumerable<object?> Each(object? value) => value is object?[] many ? many : [value];

    private static void Check(ConvNetCommand cmdlet, UntrainedWarning when, Network network, bool isPreset)
    {
        ConvNetSession session = ConvNetSession.Current;
        TrainingRun? run = session.TrainedFrom(network);
        if ((run is not null || when == UntrainedWarning.Always) && session.IsNew(isPreset ? network.Name : network))
        {
            cmdlet.WriteWarning(Text(network, run));
        }
    }

    private static string Text(Network network, TrainingRun? run)
    {
        string untrained = $"{network.Name} was never trained: its weights are still the random ones it was made with.";
        return run is null
            ? $"{untrained} Start-Training returns a run, whose Network is the trained one."
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{untrained} Start-Training trained a copy of it: use run {run.Id} ({run.Name}), which Get-TrainingRun "
                    + $"{run.Id} returns, or the Network of that run."
            );
    }
}
