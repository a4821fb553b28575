namespace ConvNetShell.Core.Inference.Metrics;

/// <summary>Areas under the curves of one class against all others, from the score that each image got for the class.</summary>
internal static class ScoreCurves
{
    /// <summary>
    /// Returns the area under the receiver operating characteristic, and the average precision (Manning, Raghavan and Schütze, 2008,
    /// section 8.4, without interpolation). Images of equal score enter together.
    /// </summary>
    /// <param name="scores">One score for each image; the array is sorted in place.</param>
    /// <param name="isClass">Whether each image is of the class; sorted along.</param>
    /// <returns>The two areas, from 0 to 1. The first is not a number where all images or none are of the class or a score is not a
    /// number; the second where none is.</returns>
    public static (double RocAuc, double AveragePrecision) Of(float[] scores, bool[] isClass)
    {
        long positives = isClass.LongCount(own => own),
            negatives = isClass.Length - positives;
        if (Array.Exists(scores, float.IsNaN))
        {
            return (double.NaN, double.NaN);
        }
        Array.Sort(scores, isClass);
        double area = 0,
            precision = 0;
        long above = 0,
            correct = 0; // images with a larger score, and those of the class among them
        int last = scores.Length - 1;
        while (last >= 0)
        {
            int first = last;
            long own = 0;
            for (; first >= 0 && scores[first] == scores[last]; first--)
            {
                own += isClass[first] ? 1 : 0;
            }
            long equal = last - first;
            area += (equal - own) * (correct + own / 2.0); // pairs in the right order; an equal pair is half a one
            correct += own;
            above += equal;
            precision += (double)own * correct / above;
            last = first;
        }
        return (
            positives == 0 || negatives == 0 ? double.NaN : area / ((double)positives * negatives),
            positives == 0 ? double.NaN : precision / positives
        );
    }
}
