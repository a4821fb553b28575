using ConvNetShell.Core.Layers;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Networks.Placement;

/// <summary>The weights and running averages of a network, and the device they are on.</summary>
/// <param name="tensors">The tensors, layer by layer.</param>
internal sealed class NetworkState(NamedTensor[] tensors)
{
    private Device? settled; // where all of them were moved to; a prediction of a small image would else spend a while asking each

    /// <summary>Gets the tensors, layer by layer.</summary>
    public IReadOnlyList<NamedTensor> Tensors => tensors;

    /// <summary>Gets the device they are on.</summary>
    public Device Device => tensors.Length > 0 ? tensors[0].Device : CPU;

    /// <summary>Moves them to a device.</summary>
    /// <param name="device">The device.</param>
    public void MoveTo(Device device)
    {
        if (settled is { } place && place.type == device.type && place.index == device.index)
        {
            return;
        }
        settled = null; // which it stays where memory runs out
        foreach (NamedTensor tensor in tensors)
        {
            tensor.MoveTo(device);
        }
        settled = device;
    }
}
