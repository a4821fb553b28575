using ConvNetShell.Core.Numerics;
using ConvNetShell.FusedKernels.Direct;
using ConvNetShell.FusedKernels.Direct.Planes;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Activation;

/// <summary>The live activation.</summary>
internal sealed class ActivationModule(ActivationKind function) : LayerModule
{
    private const double LeakySlope = 0.01,
        ScaledTanhHeight = 1.7159;

    /// <summary>Gets a value indicating whether a larger input gives an output at least as large.</summary>
    public bool IsRising => function is not (ActivationKind.GELU or ActivationKind.Softmax);

    /// <summary>Gets a value indicating whether it makes negative values zero and leaves the others.</summary>
    public bool IsRectifier => function is ActivationKind.ReLU;

    /// <summary>Gets a value indicating whether it is the GELU.</summary>
    public bool IsGelu => function is ActivationKind.GELU;

    public override bool SupportsBFloat16 => function is not ActivationKind.Softmax;

    public override bool AddTo(DirectBuilder program)
    {
        if (IsRectifier)
        {
            program.Rectify();
            return true;
        }
        DirectActivation known = function switch
        {
            ActivationKind.LeakyReLU => DirectActivation.LeakyReLU,
            ActivationKind.Sigmoid => DirectActivation.Sigmoid,
            ActivationKind.Tanh => DirectActivation.Tanh,
            ActivationKind.ScaledTanh => DirectActivation.ScaledTanh,
            ActivationKind.GELU => DirectActivation.Gelu,
            _ => DirectActivation.None,
        };
        if (known != DirectActivation.None)
        {
            program.Activate(known);
        }
        return known != DirectActivation.None;
    }

    public override Tensor Forward(Tensor input, in ForwardContext context) =>
        function switch
        {
            ActivationKind.ReLU => context.InPlace ? input.relu_() : input.relu(),
            ActivationKind.LeakyReLU => input.LeakyRelu(LeakySlope),
            ActivationKind.Sigmoid => input.sigmoid(),
            ActivationKind.Tanh => input.tanh(),
            ActivationKind.ScaledTanh => input.Times(2.0 / 3).tanh().Times(ScaledTanhHeight),
            ActivationKind.GELU => nn.functional.gelu(input),
            ActivationKind.Softmax => nn.functional.softmax(input, 1),
            _ => throw new ArgumentOutOfRangeException(nameof(input), function, "not an activation"),
        };
}
