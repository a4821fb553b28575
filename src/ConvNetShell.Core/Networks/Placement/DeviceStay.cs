using static TorchSharp.torch;

namespace ConvNetShell.Core.Networks.Placement;

/// <summary>Moves a network's tensors back, when it is disposed of, to the device they are on now.</summary>
/// <param name="state">The tensors.</param>
internal sealed class DeviceStay(NetworkState state) : IDisposable
{
    private readonly Device home = state.Device;

    /// <inheritdoc />
    public void Dispose() => state.MoveTo(home);
}
