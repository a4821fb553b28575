namespace ConvNetShell.Core.Inference.Metrics;

/// <summary>McNemar's test (1947) and the interval of Bonett and Price (2012) for two accuracies on the same images.</summary>
internal static class McNemar
{
    /// <summary>As many images the two differ on are enough for the chi-squared distribution.</summary>
    private const int EnoughForChiSquared = 25;
    private const double Z = 1.959963984540054; // the normal distribution's 97.5 % point

    /// <summary>Returns the test used and its two-sided p-value.</summary>
    /// <param name="onlyFirst">The images that only the first classifies correctly.</param>
    /// <param name="onlySecond">The images that only the second classifies correctly.</param>
    public static (string Test, double PValue) Test(int onlyFirst, int onlySecond)
    {
        if (onlyFirst + onlySecond < EnoughForChiSquared)
        {
            return ("McNemar exact", Exact(onlyFirst, onlySecond));
        }
        double distance = Math.Max(0, Math.Abs(onlyFirst - onlySecond) - 1);
        return ("McNemar chi-squared", Beyond(distance * distance / (onlyFirst + onlySecond)));
    }

    /// <summary>Returns the 95 % interval of the difference of the accuracies: both counts get one image more, and the whole two.</summary>
    public static (double Low, double High) Interval(int onlyFirst, int onlySecond, int count)
    {
        double first = (onlyFirst + 1.0) / (count + 2),
            second = (onlySecond + 1.0) / (count + 2),
            difference = first - second;
        double reach = Z * Math.Sqrt((first + second - difference * difference) / (count + 2));
        return (Math.Max(-1, difference - reach), Math.Min(1, difference + reach));
    }

    /// <summary>Twice the chance that so few of the images they differ on fall to one side, when each side is as likely.</summary>
    private static double Exact(int onlyFirst, int onlySecond)
    {
        int all = onlyFirst + onlySecond,
            fewer = Math.Min(onlyFirst, onlySecond);
        double term = Math.Pow(0.5, all),
            sum = 0;
        for (int i = 0; i <= fewer; i++)
        {
            sum += term;
            term *= (double)(all - i) / (i + 1);
        }
        return Math.Min(1, 2 * sum);
    }

    /// <summary>The upper tail probability of the chi-squared distribution, with one degree of freedom: erfc(sqrt(x / 2)).</summary>
    private static double Beyond(double value)
    {
        double z = Math.Sqrt(value / 2);
        if (z < 2)
        {
            // erf by its series
            double term = z,
                sum = z;
            for (int n = 1; n < 100; n++)
            {
                term *= -z * z / n;
                sum += term / (2 * n + 1);
            }
            return 1 - 2 / Math.Sqrt(Math.PI) * sum;
        }
        // erfc by its continued fraction, from its far end
        double fraction = z;
        for (int n = 200; n >= 1; n--)
        {
            fraction = z + n / 2.0 / fraction;
        }
        return Math.Exp(-z * z) / (Math.Sqrt(Math.PI) * fraction);
    }
}
