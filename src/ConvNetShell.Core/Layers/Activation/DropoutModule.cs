using ConvNetShell.Core.Numerics;
using ConvNetShell.FusedKernels.Direct;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Activation;

/// <summary>The live dropout. It draws from the run's own stream, so that two trainings in one process stay apart.</summary>
internal sealed class DropoutModule(DropoutSpec spec) : LayerModule
{
    public override bool SupportsBFloat16 => true;

    public override bool IsRandom => spec.Rate > 0;

    public override bool AddTo(DirectBuilder program) => true; // it does nothing outside of training

    public override Tensor Forward(Tensor input, in ForwardContext context)
    {
        if (!context.Training || spec.Rate == 0)
        {
            return input;
        }
        Tensor mask = spec.Spatial
            ? empty([input.shape[0], input.shape[1], .. Enumerable.Repeat(1L, (int)input.dim() - 2)], input.dtype, input.device)
            : empty_like(input);
        return input * mask.bernoulli_(1 - spec.Rate, context.Random).DivideInPlace(1 - spec.Rate);
    }
}
