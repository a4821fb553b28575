using static TorchSharp.torch;

namespace ConvNetShell.Core.Networks;

/// <summary>A live layer: tensors, and what it does to a batch. Batches are NxCxHxW by shape and channels last in memory.</summary>
internal abstract class LayerModule : IDisposable
{
    /// <summary>Gets the trained tensors, weights before biases.</summary>
    public virtual IReadOnlyList<NamedTensor> Parameters => [];

    /// <summary>Gets the tensors that are kept but not trained.</summary>
    public virtual IReadOnlyList<NamedTensor> Buffers => [];

    /// <summary>Runs the layer on a batch.</summary>
    public abstract Tensor Forward(Tensor input, in ForwardContext context);

    /// <inheritdoc />
    public virtual void Dispose()
    {
        foreach (NamedTensor tensor in Parameters.Concat(Buffers))
        {
            tensor.Dispose();
        }
    }
}
