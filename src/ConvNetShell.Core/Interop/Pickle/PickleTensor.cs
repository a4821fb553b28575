namespace ConvNetShell.Core.Interop.Pickle;

/// <summary>A tensor of a PyTorch file.</summary>
/// <param name="Storage">The numbers it lies in.</param>
/// <param name="Start">The position of its first number among them.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Strides">How many numbers lie from one to the next, for each dimension.</param>
internal sealed record PickleTensor(PickleStorage Storage, long Start, long[] Shape, long[] Strides)
{
    /// <summary>Gets the numbers from the first to the last that it has, those between included; 0 for an empty one.</summary>
    public Int128 Extent =>
        Shape.Contains(0)
            ? 0
            : Shape.Zip(Strides, (size, stride) => (Int128)(size - 1) * stride).Aggregate((Int128)1, (sum, next) => sum + next);

    /// <summary>Gets a value indicating whether its numbers lie row by row without gaps.</summary>
    public bool IsContiguous
    {
        get
        {
            Int128 expected = 1;
            for (int i = Shape.Length - 1; i >= 0; i--)
            {
                if (Shape[i] != 1 && Strides[i] != expected)
                {
                    return Shape.Contains(0);
                }
                expected *= Shape[i];
            }
            return true;
        }
    }
}
