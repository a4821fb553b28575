namespace ConvNetShell.Core.Interop.Formats;

/// <summary>What a user asks for, beside the format, when a network is written.</summary>
public sealed record ExportSettings
{
    /// <summary>Gets how weights are named, in formats that name them.</summary>
    public ParameterNaming Naming { get; init; }

    /// <summary>Gets the type of the weights, in formats that have several.</summary>
    public WeightType Type { get; init; }

    /// <summary>
    /// Gets a value indicating whether the file takes pixels from 0 to 255 and normalizes them itself, in formats that can.
    /// </summary>
    public bool IncludePreprocessing { get; init; }
}
