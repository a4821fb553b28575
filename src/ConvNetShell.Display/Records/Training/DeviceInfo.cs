namespace ConvNetShell.Display.Records.Training;

/// <summary>A device that networks can be trained on.</summary>
/// <param name="Name">The name to give to -Device: cpu, cuda:0, mps.</param>
/// <param name="Type">CPU, CUDA or MPS.</param>
/// <param name="Default">Whether it is the one taken when none is named.</param>
/// <param name="Description">The device's description.</param>
public sealed record DeviceInfo(string Name, string Type, bool Default, string Description)
{
    /// <summary>Gives the name and the description.</summary>
    /// <returns>For example <c>cpu: 8 threads (default)</c>.</returns>
    public override string ToString() => $"{Name}: {Description}{(Default ? " (default)" : string.Empty)}";
}
