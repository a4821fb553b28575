using System.Globalization;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Presets;

namespace ConvNetShell.Benchmark;

/// <summary>A preset that is trained on noise, in batches of one size: speed does not depend on what is on pictures.</summary>
/// <param name="Network">The preset's name.</param>
/// <param name="Batch">The images in a step.</param>
internal sealed record Workload(string Network, int Batch)
{
    /// <summary>The one network that hand-written contenders know.</summary>
    public const string ByHand = "CIFAR10";

    private const int MostImages = 12_800,
        FewestBatches = 4;
    private const double FullMACs = 4e6; // of a network that gets all images; larger ones get fewer

    /// <summary>Gets the images of an epoch: whole batches, fewer for larger networks.</summary>
    public int Count
    {
        get
        {
            long wanted = (long)Math.Min(MostImages, MostImages * FullMACs / MACs());
            return Batch * (int)Math.Max(FewestBatches, wanted / Batch);
        }
    }

    /// <summary>Returns the network with its start weights.</summary>
    public Network Make() => NetworkFactory.FromPreset(NetworkPresets.Find(Network));

    /// <summary>Returns the images of an epoch, with random classes.</summary>
    public Dataset MakeImages() => MakeImages(Count);

    /// <summary>Returns so many images, with random classes.</summary>
    public Dataset MakeImages(int count)
    {
        using Network network = Make();
        var random = new Random(1);
        var pixels = new byte[count * network.InputShape.Elements];
        random.NextBytes(pixels);
        int[] labels = [.. Enumerable.Range(0, count).Select(_ => random.Next(network.OutputNames.Count))];
        return new Dataset("Noise", "generated", network.OutputNames, new DatasetSplit("Train", network.InputShape, pixels, labels));
    }

    private double MACs()
    {
        using Network network = Make();
        return NetworkSummarizer.Summarize(network.Plan, Network).MACs;
    }

    /// <summary>Says the network and the batch.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Network}, batch {Batch}");
}
