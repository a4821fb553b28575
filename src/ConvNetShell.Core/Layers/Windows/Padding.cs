using System.Globalization;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Layers.Windows;

/// <summary>
/// Zeros round the input of a layer: none (Valid), as many as keep the size (Same), or numbers, which may differ before and after the
/// input.
/// </summary>
public sealed record Padding
{
    /// <summary>No padding.</summary>
    public static readonly Padding Valid = new(PaddingMode.Valid, 0, 0);

    /// <summary>As much padding as keeps the size.</summary>
    public static readonly Padding Same = new(PaddingMode.Same, 0, 0);

    private const string Expected = "Valid, Same, or integers of 0 or more: 1, 1x2 (one for each dimension) or 0:1 (before:after)";

    private Padding(PaddingMode mode, SpatialSize before, SpatialSize after)
    {
        Mode = mode;
        Before = before;
        After = after;
    }

    /// <summary>Gets how the padding is decided.</summary>
    public PaddingMode Mode { get; }

    /// <summary>Gets the zeros before the input (above, left) where they are given.</summary>
    public SpatialSize Before { get; }

    /// <summary>Gets the zeros after the input (below, right) where they are given.</summary>
    public SpatialSize After { get; }

    /// <summary>Pads by a number of zeros on every side.</summary>
    /// <param name="amount">Zeros on each side; 0 is Valid.</param>
    /// <returns>The padding.</returns>
    /// <exception cref="InvalidSettingException">A number is negative.</exception>
    public static Padding Of(SpatialSize amount) => Of(amount, amount);

    /// <summary>Pads by different numbers of zeros before and after the input.</summary>
    /// <param name="before">Zeros before the input, in each dimension.</param>
    /// <param name="after">Zeros after it.</param>
    /// <returns>The padding.</returns>
    /// <exception cref="InvalidSettingException">A number is negative.</exception>
    public static Padding Of(SpatialSize before, SpatialSize after)
    {
        if (!before.All(zeros => zeros >= 0) || !after.All(zeros => zeros >= 0))
        {
            throw new InvalidSettingException("Padding", Expected, Write(before, after));
        }
        return before.All(zeros => zeros == 0) && after.All(zeros => zeros == 0) ? Valid : new Padding(PaddingMode.Explicit, before, after);
    }

    /// <summary>Reads Valid, Same or numbers: 1, 1x2 (or 1,2), 0:1, 0:1x1:1.</summary>
    /// <param name="text">The text, in any case.</param>
    /// <returns>The padding.</returns>
    /// <exception cref="InvalidSettingException">The text is none of them.</exception>
    public static Padding Parse(string text)
    {
        string token = text.Trim().ToUpperInvariant();
        if (token is "VALID" or "SAME")
        {
            return token == "SAME" ? Same : Valid;
        }
        string[] parts = token.Split(['X', ','], StringSplitOptions.TrimEntries);
        int[] before = new int[parts.Length],
            after = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            string[] sides = parts[i].Split(':');
            if (sides.Length > 2 || !Number(sides[0], out before[i]) || !Number(sides[^1], out after[i]))
            {
                throw new InvalidSettingException("Padding", Expected, text);
            }
        }
        return Of(new SpatialSize(before), new SpatialSize(after));
    }

    /// <summary>Returns the padding as it is meant in so many dimensions: in one dimension the numbers 0,1 are before and after.</summary>
    /// <param name="dimensions">The spatial dimensions, 1 to 3.</param>
    /// <returns>The padding, with one number for all dimensions or one for each.</returns>
    /// <exception cref="InvalidSettingException">There are more or fewer numbers than dimensions.</exception>
    public Padding In(int dimensions)
    {
        if (dimensions == 1 && Before.Equals(After) && Before.Count == 2)
        {
            return Of(Before[0], Before[1]);
        }
        return Before.Fits(dimensions) && After.Fits(dimensions)
            ? this
            : throw new InvalidSettingException(
                "Padding",
                string.Create(CultureInfo.InvariantCulture, $"one number, or one for each of {dimensions} dimensions"),
                ToString()
            );
    }

    /// <summary>Returns the zeros before and after the input in one dimension.</summary>
    /// <param name="dimension">The spatial dimension, from 0.</param>
    /// <param name="input">The input's size there.</param>
    /// <param name="kernel">The kernel's size there, dilation included.</param>
    /// <param name="stride">The stride there.</param>
    /// <returns>The zeros before and after.</returns>
    public (int Before, int After) Resolve(int dimension, int input, int kernel, int stride)
    {
        if (Mode != PaddingMode.Same)
        {
            return (Before[dimension], After[dimension]);
        }
        int output = (int)(((long)input + stride - 1) / stride);
        int total = Math.Max(0, checked((output - 1) * stride + kernel - input));
        return (total / 2, total - total / 2);
    }

    /// <summary>Writes Valid, Same or the numbers.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Mode == PaddingMode.Explicit ? Write(Before, After) : Mode.ToString();

    private static string Write(SpatialSize before, SpatialSize after) =>
        string.Join(
            'x',
            Enumerable
                .Range(0, Math.Max(before.Count, after.Count))
                .Select(d =>
                    before[d] == after[d]
                        ? string.Create(CultureInfo.InvariantCulture, $"{before[d]}")
                        : string.Create(CultureInfo.InvariantCulture, $"{before[d]}:{after[d]}")
                )
        );

    private static bool Number(string text, out int number) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
