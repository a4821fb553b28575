using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers;

/// <summary>A tensor that a layer owns: a weight, a bias or a running average.</summary>
internal sealed class NamedTensor(string name, Tensor value) : IDisposable
{
    private bool rests;

    /// <summary>Gets the name: weight, bias, running_mean; within a network the layer's name stands before it: res1.conv1.weight.</summary>
    public string Name { get; private set; } = name;

    /// <summary>Gets the tensor, on the layer's device.</summary>
    public Tensor Value { get; private set; } = value;

    /// <summary>Gets the device it is on, which libtorch need not be asked for.</summary>
    public Device Device { get; private set; } = value.device;

    /// <summary>Gets a value indicating whether training leaves it as it is, in all epochs.</summary>
    public bool IsFrozen { get; private set; } = !value.requires_grad;

    /// <summary>Gets or sets how it is trained, where that is not as others are.</summary>
    public LayerTraining Training { get; set; } = LayerTraining.Default;

    /// <summary>Puts the name of the layer that has the tensor before its own.</summary>
    public void Qualify(string owner) => Name = $"{owner}.{Name}";

    /// <summary>Has training leave it as it is, or learn it again; the gradient it has is forgotten.</summary>
    public void Freeze(bool isFrozen)
    {
        IsFrozen = isFrozen;
        ChooseGradient();
        Value.grad = null;
    }

    /// <summary>Returns whether the optimizer leaves it as it is in an epoch, from 1.</summary>
    public bool RestsIn(int epoch) => Training.IsFrozenIn(epoch) || (Training.BiasOnly && Value.dim() >= 2);

    /// <summary>Has no gradients of it computed for a while; it is not frozen by that, and a layer's normalization goes on learning.
    /// </summary>
    public void Rest(bool isResting)
    {
        rests = isResting;
        ChooseGradient();
    }

    /// <summary>Moves the tensor; the old one is freed.</summary>
    public void MoveTo(Device device)
    {
        if (Device.type != device.type || Device.index != device.index)
        {
            Replace(old => old.to(device));
        }
    }

    /// <summary>Changes the kind of number the tensor holds; the old one is freed. Gradients are checked in float64.</summary>
    public void ConvertTo(ScalarType type)
    {
        if (Value.dtype != type)
        {
            Replace(old => old.to(type));
        }
    }

    /// <summary>
    /// Takes the memory of another tensor, so that both always hold the same numbers; gradients stay apart. It is frozen if the other is.
    /// </summary>
    public void Share(NamedTensor other)
    {
        using Tensor old = Value;
        Value = other.Value.detach().requires_grad_(other.Value.requires_grad).DetachFromDisposeScope();
        (Device, IsFrozen, rests) = (Value.device, other.IsFrozen, other.rests);
    }

    /// <inheritdoc />
    public void Dispose() => Value.Dispose();

    private void ChooseGradient() => Value.requires_grad_(!IsFrozen && !rests);

    private void Replace(Func<Tensor, Tensor> change)
    {
        bool trained = Value.requires_grad;
        using Tensor old = Value;
        using var noGradients = no_grad();
        using Tensor bare = old.detach();
        Value = change(bare).requires_grad_(trained).DetachFromDisposeScope();
        Device = Value.device;
    }
}
