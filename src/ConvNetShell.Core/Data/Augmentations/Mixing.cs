using ConvNetShell.Core.Numerics;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Data.Augmentations;

/// <summary>How the images of a batch are mixed with others: by weight (mixup) or by a box (CutMix).</summary>
/// <param name="Fraction">The fraction of the original label; the partner's label has the rest.</param>
/// <param name="Box">The rows and columns that come from the partner; <see langword="null"/> where all pixels are weighed.</param>
internal readonly record struct Mixing(double Fraction, (Range Rows, Range Columns)? Box)
{
    /// <summary>Draws one; where both kinds are asked for, each has even odds.</summary>
    /// <param name="augmentation">An augmentation that mixes.</param>
    /// <param name="image">The shape of an image.</param>
    /// <param name="random">What is drawn from.</param>
    public static Mixing Draw(Augmentation augmentation, Shape image, SeededRandom random)
    {
        bool boxes = augmentation.CutMix > 0 && (augmentation.Mixup == 0 || random.NextInt(2) == 1);
        double fraction = Beta(boxes ? augmentation.CutMix : augmentation.Mixup, random);
        if (!boxes)
        {
            return new Mixing(fraction, null);
        }
        (int height, int width) = (image[1], image[2]);
        double side = Math.Sqrt(1 - fraction);
        (int top, int bottom) = Ends(height, side, random);
        (int left, int right) = Ends(width, side, random);
        return new Mixing(1 - (double)((bottom - top) * (right - left)) / (height * width), (top..bottom, left..right));
    }

    /// <summary>Mixes images.</summary>
    /// <param name="images">The images, NxCxHxW.</param>
    /// <param name="partners">The partner of each.</param>
    public Tensor Apply(Tensor images, Tensor partners)
    {
        if (Box is not var (rows, columns))
        {
            return images.Times(Fraction).Plus(partners, 1 - Fraction);
        }
        Tensor mixed = images.clone();
        mixed[.., .., rows, columns] = partners[.., .., rows, columns];
        return mixed;
    }

    private static (int Start, int End) Ends(int size, double fraction, SeededRandom random)
    {
        int middle = random.NextInt(size),
            half = (int)(size * fraction / 2);
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
