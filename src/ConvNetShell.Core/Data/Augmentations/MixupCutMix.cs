using ConvNetShell.Core.Numerics;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Data.Augmentations;

/// <summary>
/// Mixes the images of a batch with those of the same batch in reverse order: by weight (mixup) or by a box (CutMix); where both are asked
/// for, each has even odds.
/// </summary>
/// <param name="Images">The mixed images.</param>
/// <param name="Partners">The labels of the images mixed in.</param>
/// <param name="Fraction">The fraction of the original label; the partner's label has the rest.</param>
internal readonly record struct MixupCutMix(Tensor Images, Tensor Partners, double Fraction)
{
    /// <summary>Mixes a batch.</summary>
    public static MixupCutMix Of(Tensor images, Tensor labels, Augmentation augmentation, SeededRandom random)
    {
        bool boxes = augmentation.CutMix > 0 && (augmentation.Mixup == 0 || random.NextInt(2) == 1);
        double fraction = Beta(boxes ? augmentation.CutMix : augmentation.Mixup, random);
        Tensor others = images.flip(0),
            partners = labels.flip(0);
        if (!boxes)
        {
            return new MixupCutMix(images.Times(fraction).Plus(others, 1 - fraction), partners, fraction);
        }
        long height = images.shape[2],
            width = images.shape[3];
        double side = Math.Sqrt(1 - fraction);
        (long top, long bottom) = Range(height, side, random);
        (long left, long right) = Range(width, side, random);
        Tensor mixed = images.clone();
        mixed[.., .., (int)top..(int)bottom, (int)left..(int)right] = others[.., .., (int)top..(int)bottom, (int)left..(int)right];
        return new MixupCutMix(mixed, partners, 1 - (double)((bottom - top) * (right - left)) / (height * width));
    }

    private static (long Start, long End) Range(long size, double fraction, SeededRandom random)
    {
        long middle = random.NextInt((int)size),
            half = (long)(size * fraction / 2);
        return (Math.Max(middle - half, 0), Math.Min(middle + half, size));
    }

    /// <summary>
    /// Draws from Beta(alpha, alpha) by Johnk's method for small alpha, and as a ratio of Gamma draws (Marsaglia and Tsang, 2000)
    /// otherwise.
    /// </summary>
    internal static double Beta(double alpha, SeededRandom random)
    {
        if (alpha >= 1)
        {
            double x = Gamma(alpha, random),
                y = Gamma(alpha, random);
            return x / (x + y);
        }
        while (true)
        {
            double x = Math.Pow(random.NextDouble(), 1 / alpha),
                y = Math.Pow(random.NextDouble(), 1 / alpha);
            if (x + y is > 0 and <= 1)
            {
                return x / (x + y);
            }
        }
    }

    private static double Gamma(double shape, SeededRandom random)
    {
        double d = shape - 1.0 / 3,
            c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double normal = random.NextGaussian(),
                root = 1 + c * normal;
            double value = root * root * root;
            if (root > 0 && Math.Log(1 - random.NextDouble()) < 0.5 * normal * normal + d - d * value + d * Math.Log(value))
            {
                return d * value;
            }
        }
    }
}
