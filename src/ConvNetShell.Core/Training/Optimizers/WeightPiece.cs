using static TorchSharp.torch;

namespace ConvNetShell.Core.Training.Optimizers;

/// <summary>
/// A part of a weight that can be computed with apart from the rest: one that a core's cache holds with all that moves it, or the whole.
/// </summary>
/// <param name="Index">Which weight.</param>
/// <param name="First">The first of its numbers.</param>
/// <param name="Count">How many.</param>
internal readonly record struct WeightPiece(int Index, long First, long Count)
{
    /// <summary>The most numbers of a piece: half a megabyte of float32.</summary>
    public const long Most = 1 << 17;

    /// <summary>Returns the pieces of a weight whose numbers do not depend on each other.</summary>
    /// <param name="index">Which weight.</param>
    /// <param name="tensors">The weight, and what is computed with it, on the processor; of some orders of numbers the whole is a piece.
    /// </param>
    public static IEnumerable<WeightPiece> Split(int index, params ReadOnlySpan<Tensor> tensors)
    {
        long count = tensors[0].numel(),
            each = Most;
        foreach (Tensor tensor in tensors)
        {
            each = tensor.is_contiguous() ? each : count;
        }
        return Enumerable
            .Range(0, (int)((count + each - 1) / each))
            .Select(piece => new WeightPiece(index, piece * each, Math.Min(each, count - piece * each)));
    }

    /// <summary>Returns this part of a tensor of the weight's size.</summary>
    /// <param name="whole">The tensor.</param>
    public Tensor Of(Tensor whole) => Count == whole.numel() ? whole : whole.view(-1).narrow(0, First, Count);
}
