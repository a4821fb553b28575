namespace ConvNetShell.FusedKernels.Normalization;

/// <summary>What the gradients of a batch normalization need of the output's gradient.</summary>
/// <param name="Gradients">The sum of each channel's gradients.</param>
/// <param name="Products">The sum of each channel's gradients, each times the distance of the input's value from the mean.</param>
public sealed record BatchNormSums(double[] Gradients, double[] Products)
{
    /// <summary>Returns sums of nothing.</summary>
    /// <param name="channels">The channels.</param>
    public static BatchNormSums Of(int channels) => new(new double[channels], new double[channels]);

    /// <summary>Returns the sums over both.</summary>
    /// <param name="other">The sums over other images.</param>
    public BatchNormSums With(BatchNormSums other) => new(Add(Gradients, other.Gradients), Add(Products, other.Products));

    private static double[] Add(double[] left, double[] right) => [.. left.Zip(right, (a, b) => a + b)];
}
