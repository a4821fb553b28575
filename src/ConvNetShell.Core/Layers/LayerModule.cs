using ConvNetShell.FusedKernels.Direct;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers;

/// <summary>A live layer: its tensors and its computation on a batch. Batches are NxCxHxW by shape and channels last in memory.</summary>
internal abstract class LayerModule : IDisposable
{
    /// <summary>Gets the name within the network, or within a block of it: conv1.</summary>
    public string Name { get; internal set; } = string.Empty;

    /// <summary>Gets the trained tensors, weights before biases.</summary>
    public virtual IReadOnlyList<NamedTensor> Parameters => [];

    /// <summary>Gets the tensors that are kept but not trained.</summary>
    public virtual IReadOnlyList<NamedTensor> Buffers => [];

    /// <summary>Gets a value indicating whether the layer can work on bfloat16 as it comes out of a convolution.</summary>
    public virtual bool SupportsBFloat16 => false;

    /// <summary>Gets a value indicating whether the output shares no number with the input or with the layer.</summary>
    public virtual bool MakesNewNumbers => false;

    /// <summary>Gets a value indicating whether during training a sample's output depends on the other samples of its batch.</summary>
    public virtual bool MixesSamples => false;

    /// <summary>Gets a value indicating whether the layer has weights and training leaves them as they are.</summary>
    public bool IsFrozen => Parameters.Count > 0 && Parameters.All(parameter => parameter.IsFrozen);

    /// <summary>Gets how the layer's weights are trained.</summary>
    public LayerTraining Training => Parameters.Count == 0 ? LayerTraining.Default : Parameters[0].Training;

    /// <summary>Gets a value indicating whether the layer draws at random in training.</summary>
    public virtual bool IsRandom => false;

    /// <summary>Copies the algorithm choices that another layer of the same kind and shape has made for this machine.</summary>
    public virtual void CopyChecksFrom(LayerModule other) { }

    /// <summary>
    /// Takes over the weights and running averages of another layer of the same kind and shape, which are then trained as its own are.
    /// </summary>
    public void CopyWeightsFrom(LayerModule other)
    {
        foreach ((NamedTensor mine, NamedTensor theirs) in Parameters.Concat(Buffers).Zip(other.Parameters.Concat(other.Buffers)))
        {
            mine.Value.copy_(theirs.Value);
            mine.Freeze(theirs.IsFrozen);
            mine.Training = theirs.Training;
        }
    }

    /// <summary>Adds the layer, as it computes outside of training, to a program for a few images at a time.</summary>
    /// <returns>False where such a program cannot have it.</returns>
    public virtual bool AddTo(DirectBuilder program) => false;

    /// <summary>Runs the layer on a batch in whatever precision the layer before left it.</summary>
    public Tensor Run(Tensor input, in ForwardContext context) =>
        Forward(SupportsBFloat16 || input.dtype != ScalarType.BFloat16 ? input : input.to(ScalarType.Float32), context);

    /// <summary>Runs the layer on a batch of a precision it takes.</summary>
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
