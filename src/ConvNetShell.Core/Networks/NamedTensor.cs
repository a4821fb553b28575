using static TorchSharp.torch;

namespace ConvNetShell.Core.Networks;

/// <summary>A tensor that a layer owns: a weight, a bias or a running average.</summary>
internal sealed class NamedTensor(string name, Tensor value) : IDisposable
{
    /// <summary>Gets the name within its layer: weight, bias, running_mean.</summary>
    public string Name { get; } = name;

    /// <summary>Gets the tensor, on the layer's device.</summary>
    public Tensor Value { get; private set; } = value;

    /// <summary>Moves the tensor; the old one is freed.</summary>
    public void MoveTo(Device device)
    {
        if (Value.device.type == device.type && Value.device.index == device.index)
        {
            return;
        }
        bool trained = Value.requires_grad;
        using Tensor old = Value;
        using var noGradients = no_grad();
        Value = old.detach().to(device).requires_grad_(trained).DetachFromDisposeScope();
    }

    /// <inheritdoc />
    public void Dispose() => Value.Dispose();
}
