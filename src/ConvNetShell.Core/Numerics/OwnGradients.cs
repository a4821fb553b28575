using System.Runtime.ExceptionServices;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Numerics;

/// <summary>
/// Gradients of functions of our own, which libtorch asks for in the middle of a backward pass. TorchSharp keeps its handles of them until
/// the end of the step, which would hold the gradients of all layers in memory at once: here they go as soon as libtorch has taken them
/// over. And an exception that went through libtorch would end the process: here it waits for the end of the pass.
/// </summary>
internal static class OwnGradients
{
    private static readonly ThreadLocal<Tensor?[]> Before = new(() => []);
    private static readonly ThreadLocal<Exception?> Failure = new();

    /// <summary>Runs a backward pass; what one of our functions threw in it is thrown here.</summary>
    /// <param name="backward">The pass.</param>
    public static void Run(Action backward)
    {
        Failure.Value = null;
        backward();
        if (Failure.Value is { } error)
        {
            Failure.Value = null;
            ExceptionDispatchInfo.Throw(error);
        }
    }

    /// <summary>Returns gradients for libtorch, one for each argument; none if they cannot be computed.</summary>
    /// <param name="arguments">The arguments of the function.</param>
    /// <param name="compute">Computes the gradients; <see langword="null"/> for arguments that have none.</param>
    public static List<Tensor> Of(int arguments, Func<Tensor?[]> compute)
    {
        Array.ForEach(Before.Value!, gradient => gradient?.Dispose());
        Tensor?[] now = new Tensor?[arguments];
        try
        {
            compute().CopyTo(now, 0);
        }
        catch (Exception error)
        {
            Failure.Value ??= error;
        }
        Before.Value = now;
        return [.. now.Select(gradient => gradient!)];
    }
}
