namespace ConvNetShell.Core.Applications.Embeddings;

/// <summary>How a verification is measured.</summary>
public sealed record VerificationOptions
{
    /// <summary>Gets the pairs drawn, of both kinds together. Default: 10,000.</summary>
    public int Pairs { get; init; } = Verification.DefaultPairs;

    /// <summary>Gets the similarity from which a pair is accepted; <see langword="null"/> chooses it on Validation.</summary>
    public double? Threshold { get; init; }

    /// <summary>Gets the seed of the pairs, the intervals and the tests. Default: 0.</summary>
    public int Seed { get; init; }

    /// <summary>Gets the device: auto, cpu, cuda, cuda:1 or mps. Default: auto.</summary>
    public string Device { get; init; } = Compute.ComputeDevice.Auto;

    /// <summary>Gets the name of the property that images are grouped by, or <see langword="null"/>.</summary>
    public string? By { get; init; }

    /// <summary>Gets the group of each image of the split; <see langword="null"/> for no groups.</summary>
    public IReadOnlyList<string>? Groups { get; init; }
}
