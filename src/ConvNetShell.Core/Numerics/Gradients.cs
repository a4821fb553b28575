using static TorchSharp.torch;

namespace ConvNetShell.Core.Numerics;

/// <summary>
/// Gradients with respect to chosen tensors. TorchSharp's autograd.grad lets libtorch's exceptions through, so that short memory would end
/// the process; backward turns them into errors.
/// </summary>
internal static class Gradients
{
    /// <summary>Returns the gradient of a value; <see langword="null"/> for inputs that it does not depend on.</summary>
    /// <param name="value">The value, of one element; its graph is freed.</param>
    /// <param name="inputs">Leaves or results of layers. Gradients that they already have stay as they are.</param>
    public static Tensor?[] Of(Tensor value, IReadOnlyList<Tensor> inputs)
    {
        Tensor?[] kept = [.. inputs.Select(input => input.is_leaf ? Exchange(input, null) : null)]; // results have none yet
        autograd.backward([value], inputs: [.. inputs]);
        return [.. inputs.Select((input, i) => Exchange(input, kept[i]))];
    }

    /// <summary>Returns the gradient of a value with respect to a tensor that it depends on.</summary>
    public static Tensor Of(Tensor value, Tensor input) => Of(value, [input])[0]!;

    private static Tensor? Exchange(Tensor input, Tensor? gradient)
    {
        Tensor? before = input.grad;
        input.grad = gradient;
        return before;
    }
}
