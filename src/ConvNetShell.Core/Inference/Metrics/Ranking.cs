namespace ConvNetShell.Core.Inference.Metrics;

/// <summary>Puts the classes of one image in order.</summary>
internal static class Ranking
{
    /// <summary>Returns whether a value is not a number: then no class is predicted.</summary>
    public static bool HasNaN(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (float.IsNaN(value))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Returns the rank of an index, from 0: of equal values the lower index comes first, and NaN last.</summary>
    /// <param name="values">One value a class.</param>
    /// <param name="index">The index of the value.</param>
    public static int Of(ReadOnlySpan<float> values, int index)
    {
        int rank = 0;
        for (int i = 0; i < values.Length; i++)
        {
            int order = values[i].CompareTo(values[index]);
            rank += order > 0 || (order == 0 && i < index) ? 1 : 0;
        }
        return rank;
    }

    /// <summary>
    /// Returns the indices of the largest values, largest first; of equal values the lower index comes first, and NaN last.
    /// </summary>
    /// <param name="values">One value a class.</param>
    /// <param name="count">The number of indices; at most the number of values.</param>
    public static int[] Largest(ReadOnlySpan<float> values, int count)
    {
        var best = new int[Math.Min(count, values.Length)];
        var taken = new bool[values.Length];
        for (int rank = 0; rank < best.Length; rank++)
        {
            int leader = Array.IndexOf(taken, false);
            for (int i = leader + 1; i < values.Length; i++)
            {
                // CompareTo puts NaN below every number.
                if (!taken[i] && values[i].CompareTo(values[leader]) > 0)
                {
                    leader = i;
                }
            }
            taken[leader] = true;
            best[rank] = leader;
        }
        return best;
    }
}
