using static TorchSharp.torch;

namespace ConvNetShell.Core.Networks;

/// <summary>Moves a network back to its device when it is disposed of.</summary>
/// <param name="network">The network.</param>
/// <param name="home">The device it came from.</param>
internal sealed class DeviceStay(Network network, Device home) : IDisposable
{
    /// <inheritdoc />
    public void Dispose() => network.MoveTo(home);
}
