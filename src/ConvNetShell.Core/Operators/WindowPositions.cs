namespace ConvNetShell.Core.Operators;

/// <summary>Goes through the places of a box, the last dimension first to move.</summary>
internal static class WindowPositions
{
    /// <summary>Returns every place; each is an array of its own.</summary>
    public static IEnumerable<int[]> Of(int[] sizes)
    {
        int count = sizes.Aggregate(1, (product, size) => product * size);
        for (int index = 0; index < count; index++)
        {
            yield return At(sizes, index);
        }
    }

    /// <summary>Returns the place with a number.</summary>
    public static int[] At(int[] sizes, int index)
    {
        var place = new int[sizes.Length];
        for (int d = sizes.Length - 1; d >= 0; d--)
        {
            (index, place[d]) = Math.DivRem(index, sizes[d]);
        }
        return place;
    }

    /// <summary>Returns the number of a place, or -1 where it lies outside.</summary>
    public static int Index(int[] sizes, int[] place)
    {
        int index = 0;
        for (int d = 0; d < sizes.Length; d++)
        {
            if ((uint)place[d] >= (uint)sizes[d])
            {
                return -1;
            }
            index = index * sizes[d] + place[d];
        }
        return index;
    }

    /// <summary>Returns the input's place that a tap of a window meets.</summary>
    public static int[] Under(ConvolutionProblem problem, int[] output, int[] tap)
    {
        (int Before, int After)[] pads = problem.Window.Pads(problem.Shape);
        return [.. output.Select((place, d) => place * problem.Window.Stride[d] + tap[d] * problem.Window.Dilation[d] - pads[d].Before)];
    }
}
