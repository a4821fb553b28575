using System.Globalization;

namespace ConvNetShell.Display.Records.Understanding;

/// <summary>Whether integrated gradients add up to the difference they explain: the picture's score minus the baseline's.</summary>
/// <param name="Sum">The sum of the integrated gradients over all positions and channels.</param>
/// <param name="ImageScore">The score of the picture.</param>
/// <param name="BaselineScore">The score of the baseline.</param>
/// <param name="Steps">The gradients taken on the way.</param>
public sealed record CompletenessCheck(double Sum, double ImageScore, double BaselineScore, int Steps)
{
    private const double Tolerance = 0.01;

    /// <summary>Gets the expected sum.</summary>
    public double Expected => ImageScore - BaselineScore;

    /// <summary>Gets the relative error of the sum.</summary>
    public double Error => Sum == Expected ? 0 : Math.Abs((Sum - Expected) / Expected);

    /// <summary>Gets a value indicating whether the sum is right within 1 %.</summary>
    public bool Holds => Error <= Tolerance;

    /// <summary>Gives the sum, the expected sum, and the error.</summary>
    /// <returns>For example <c>sum 7.312 = 8.104 - 0.790 (off by 0.03 %, 64 steps)</c>.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"sum {Sum:F3} {(Holds ? "=" : "is not")} {ImageScore:F3} - "
                + $"{BaselineScore.ToString("0.000;(-0.000)", CultureInfo.InvariantCulture)} (off by {100 * Error:F2} %, {Steps} steps)"
        );
}
