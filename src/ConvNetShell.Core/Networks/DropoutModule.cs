using static TorchSharp.torch;

namespace ConvNetShell.Core.Networks;

/// <summary>The live dropout. It draws from the run's own stream, so that two trainings in one process stay apart.</summary>
internal sealed class DropoutModule(double rate) : LayerModule
{
    public override Tensor Forward(Tensor input, in ForwardContext context)
    {
        if (!context.Training || rate == 0)
        {
            return input;
        }
        Tensor mask = empty_like(input).bernoulli_(1 - rate, context.Random).div_(1 - rate);
        return input * mask;
    }
}
