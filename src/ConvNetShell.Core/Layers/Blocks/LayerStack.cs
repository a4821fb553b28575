using System.Runtime.InteropServices;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Activation;
using ConvNetShell.Core.Layers.Chains;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Layers.Normalization;
using ConvNetShell.Core.Layers.Pooling;
using ConvNetShell.Core.Layers.Recurrent;
using ConvNetShell.Core.Numerics;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Blocks;

/// <summary>Makes live layers that follow one another, and runs them.</summary>
internal static class LayerStack
{
    /// <summary>Makes the layers of a network or of a branch.</summary>
    /// <param name="layers">The layers in order.</param>
    /// <param name="input">The shape that goes into the first.</param>
    /// <param name="start">How weights start; its next layer is the one after this stack.</param>
    /// <param name="names">Hands out the names that the tensors get.</param>
    public static LayerModule[] Build(IReadOnlyList<LayerSpec> layers, Shape input, WeightInitializer start, LayerNames names)
    {
        var modules = new LayerModule[layers.Count];
        Shape shape = input;
        for (int i = 0; i < modules.Length; i++)
        {
            LayerSpec[] after = [.. layers.Skip(i + 1)];
            modules[i] = layers[i]
                .Build(
                    shape,
                    start with
                    {
                        Rectified = IsRectified(after) ?? start.Rectified,
                        IsOutput = start.IsOutput && !after.Any(layer => layer.IsLinear || layer is BlockSpec or RecurrentSpec),
                    }
                );
            string name = names.Next(layers[i]);
            modules[i].Name = name;
            foreach (NamedTensor tensor in modules[i].Parameters.Concat(modules[i].Buffers))
            {
                tensor.Qualify(name);
            }
            shape = layers[i].OutputShape(shape);
        }
        return modules;
    }

    /// <summary>Runs layers one after the other.</summary>
    public static Tensor Run(ReadOnlySpan<LayerModule> modules, Tensor input, in ForwardContext context)
    {
        if (!context.Training && context.Watch is null && !is_grad_enabled())
        {
            return RunOnly(modules, input, context);
        }
        Tensor value = input;
        for (int i = 0; i < modules.Length; i++)
        {
            LayerModule module = modules[i];
            if (ConvChain.At(modules, i, context) is { } chain && ConvChain.Takes(value))
            {
                value = Run(module, value, context, chain);
                i += chain.Length - 1;
                continue;
            }
            bool rectifies =
                context is { Training: true, Watch: null }
                && module is BatchNormModule or BlockModule { IsSum: true }
                && i + 1 < modules.Length
                && modules[i + 1] is ActivationModule { IsRectifier: true };
            Tensor output = Run(module, value, context with { Rectifies = rectifies });
            context.Watch?.Invoke(module, value, output);
            value = output;
            i += rectifies ? 1 : 0;
        }
        return value;
    }

    /// <summary>
    /// Runs layers of which only the last output is wanted: each output goes as soon as the next one is made, so that a few blocks of
    /// memory serve all layers, and an activation replaces the numbers it is given where nobody else has them.
    /// </summary>
    private static Tensor RunOnly(ReadOnlySpan<LayerModule> modules, Tensor input, in ForwardContext context)
    {
        Tensor value = input;
        bool isOwn = false;
        foreach (LayerModule module in modules)
        {
            using var scope = NewDisposeScope();
            Tensor output = Run(module, value, context with { InPlace = isOwn });
            if (ReferenceEquals(output, value))
            {
                continue;
            }
            scope.MoveToOuter(output);
            if (!ReferenceEquals(value, input))
            {
                value.Dispose();
            }
            (value, isOwn) = (output, module.MakesNewNumbers);
        }
        return value;
    }

    // libtorch's errors name neither the layer nor its input.
    private static Tensor Run(LayerModule module, Tensor input, in ForwardContext context, ConvChain? chain = null)
    {
        try
        {
            return chain is null ? module.Run(input, context) : chain.Run(input, context);
        }
        catch (ExternalException error)
        {
            error.NoteLayer($"{module.Name} (input {string.Join('x', input.shape)}, the batch first)");
            throw;
        }
    }

    /// <summary>
    /// Returns the layers in the fastest order that gives the same result: an increasing activation runs after max pooling,
    /// which gives the same result on fewer values.
    /// </summary>
    /// <param name="layers">The layers in their own order.</param>
    public static LayerModule[] ExecutionOrder(IReadOnlyList<LayerModule> layers)
    {
        LayerModule[] order = [.. layers];
        for (int i = 1; i < order.Length; i++)
        {
            if (order[i] is PoolModule { IsMax: true } && order[i - 1] is ActivationModule { IsRising: true })
            {
                (order[i - 1], order[i]) = (order[i], order[i - 1]);
            }
        }
        return order;
    }

    /// <summary>
    /// Returns whether the first activation is a rectifier. Pooling, normalization and dropout before it do not affect how
    /// weights should start.
    /// </summary>
    private static bool? IsRectified(IEnumerable<LayerSpec> after) =>
        after.FirstOrDefault(layer => layer.IsLinear || layer is BlockSpec or RecurrentSpec or ActivationSpec) switch
        {
            null => null,
            ActivationSpec { Function: ActivationKind.ReLU or ActivationKind.LeakyReLU or ActivationKind.GELU } => true,
            _ => false,
        };
}
