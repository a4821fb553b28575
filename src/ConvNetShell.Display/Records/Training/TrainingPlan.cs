using System.Globalization;
using ConvNetShell.Display.Records.Networks;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Display.Records.Training;

/// <summary>The settings and the cost of a training run, measured by a few real steps on a copy of the network.</summary>
/// <param name="Network">The network's name.</param>
/// <param name="Dataset">The dataset's name, shape and counts.</param>
/// <param name="Settings">The settings, as they would be used.</param>
/// <param name="Device">Where it would compute.</param>
/// <param name="Parameters">The number of trainable values.</param>
/// <param name="Steps">The steps of an epoch.</param>
/// <param name="Epochs">The epochs.</param>
/// <param name="Batches">The batches that were tried, forwards and backwards.</param>
/// <param name="SecondsPerEpoch">The time an epoch would take, validation included; not a number after a single batch, which only warms
/// up.</param>
/// <param name="Total">The time the run would take; zero where that is not known.</param>
/// <param name="PeakMemory">The most memory this process has held so far, in bytes, the tried batches included; 0 where the system does not
/// tell.</param>
/// <param name="CheckpointBytes">The room on disk that checkpoints would take; 0 without them.</param>
/// <param name="ExpectedFirstLoss">The loss of a network that knows nothing: ln(classes).</param>
/// <param name="FirstLoss">The loss of the first batch.</param>
/// <param name="Issues">What Test-Network finds.</param>
public sealed record TrainingPlan(
    string Network,
    string Dataset,
    string Settings,
    string Device,
    long Parameters,
    int Steps,
    int Epochs,
    int Batches,
    double SecondsPerEpoch,
    TimeSpan Total,
    long PeakMemory,
    long CheckpointBytes,
    double ExpectedFirstLoss,
    double FirstLoss,
    IReadOnlyList<NetworkIssue> Issues
)
{
    /// <summary>Says the steps and the time.</summary>
    /// <returns>For example <c>CIFAR10: 10 epochs of 704 steps, about 61 s</c>.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Network}: {Epochs} epochs of {Steps} steps, about {ViewText.Duration(Total)}");
}
