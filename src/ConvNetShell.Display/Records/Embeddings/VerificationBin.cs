namespace ConvNetShell.Display.Records.Embeddings;

/// <summary>The pairs whose similarity lies in an interval.</summary>
/// <param name="Low">The interval's lower end.</param>
/// <param name="High">The interval's upper end.</param>
/// <param name="Same">The fraction of the same pairs in it.</param>
/// <param name="Different">The fraction of the different pairs in it.</param>
public sealed record VerificationBin(double Low, double High, double Same, double Different)
{
    /// <summary>Says the interval and the fractions.</summary>
    /// <returns>For example <c>0.50 to 0.55: same 0.120, different 0.002</c>.</returns>
    public override string ToString() => FormattableString.Invariant($"{Low:F2} to {High:F2}: same {Same:F3}, different {Different:F3}");
}
