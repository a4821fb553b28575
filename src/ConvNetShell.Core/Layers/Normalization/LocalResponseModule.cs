using ConvNetShell.Core.Numerics;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Normalization;

/// <summary>The live local response normalization.</summary>
internal sealed class LocalResponseModule(LocalResponseSpec spec) : LayerModule
{
    public override Tensor Forward(Tensor input, in ForwardContext context)
    {
        long channels = input.shape[1];
        int before = (spec.Size - 1) / 2,
            after = spec.Size / 2;
        Tensor squares = input * input,
            sum = squares;
        for (long offset = 1; offset <= Math.Max(before, after) && offset < channels; offset++)
        {
            Tensor none = zeros_like(squares.narrow(1, 0, offset));
            if (offset <= before)
            {
                sum = sum.Plus(cat([none, squares.narrow(1, 0, channels - offset)], 1));
            }
            if (offset <= after)
            {
                sum = sum.Plus(cat([squares.narrow(1, offset, channels - offset), none], 1));
            }
        }
        return input / sum.Times(spec.Alpha).Plus(spec.K).ToThePower(spec.Beta);
    }
}
