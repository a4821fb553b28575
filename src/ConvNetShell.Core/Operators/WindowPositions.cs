namespace ConvNetShell.Core.Operators;

/// <summary>Enumerates the positions in a box, the last dimension fastest.</summary>
internal static class WindowPositions
{
    /// <summary>Returns every position, each as a new array.</summary>
    public static IEnumerable<int[]> Of(int[] sizes)
    {
        long count = sizes.Aggregate(1L, (product, size) => checked(product * size));
        for (long index = 0; index < count; index++)
        {
            yield return At(sizes, index);
        }
    }

    /// <summary>Returns the position with an index.</summary>
    public static int[] At(int[] sizes, long index)
    {
        var position = new int[sizes.Length];
        for (int d = sizes.Length - 1; d >= 0; d--)
        {
            (index, long at) = Math.DivRem(index, sizes[d]);
            position[d] = (int)at;
        }
        return position;
    }

    /// <summary>Returns the index of a position, or -1 if it lies outside.</summary>
    public static int Index(int[] sizes, int[] position)
    {
        int index = 0;
        for (int d = 0; d < sizes.Length; d++)
        {
            if ((uint)position[d] >= (uint)sizes[d])
            {
                return -1;
            }
            index = index * sizes[d] + position[d];
        }
        return index;
    }

    /// <summary>Returns the input position under a tap of a window.</summary>
    public static int[] Under(ConvolutionProblem problem, int[] output, int[] tap)
    {
        (int Before, int After)[] pads = problem.Window.Pads(problem.Shape);
        return [.. output.Select((p, d) => p * problem.Window.Stride[d] + tap[d] * problem.Window.Dilation[d] - pads[d].Before)];
    }
}
