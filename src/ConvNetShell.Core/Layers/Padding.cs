using System.Globalization;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Layers;

/// <summary>Zeros round the input of a layer: none (Valid), as many as keep the size (Same), or a number.</summary>
public sealed record Padding
{
    /// <summary>No padding.</summary>
    public static readonly Padding Valid = new(PaddingMode.Valid, 0);

    /// <summary>As much padding as keeps the size.</summary>
    public static readonly Padding Same = new(PaddingMode.Same, 0);

    private Padding(PaddingMode mode, Extent amount)
    {
        Mode = mode;
        Amount = amount;
    }

    /// <summary>Gets how the padding is decided.</summary>
    public PaddingMode Mode { get; }

    /// <summary>Gets the zeros on each side where they are given.</summary>
    public Extent Amount { get; }

    /// <summary>Pads by a number of zeros on every side.</summary>
    /// <param name="amount">Zeros on each side; 0 is Valid.</param>
    /// <returns>The padding.</returns>
    /// <exception cref="InvalidSettingException">A number is negative.</exception>
    public static Padding Of(Extent amount)
    {
        if (!amount.All(zeros => zeros >= 0))
        {
            throw new InvalidSettingException("-Padding", "Valid, Same or an integer of 0 or more", amount.ToString());
        }
        return amount.All(zeros => zeros == 0) ? Valid : new Padding(PaddingMode.Explicit, amount);
    }

    /// <summary>Reads Valid, Same or a number.</summary>
    /// <param name="text">The text, in any case.</param>
    /// <returns>The padding.</returns>
    /// <exception cref="InvalidSettingException">The text is none of them.</exception>
    public static Padding Parse(string text) => text.Trim().ToUpperInvariant() switch
    {
        "VALID" => Valid,
        "SAME" => Same,
        var other when other.Length > 0 && (char.IsAsciiDigit(other[0]) || other[0] == '-') => Of(Extent.Parse("-Padding", other)),
        _ => throw new InvalidSettingException("-Padding", "Valid, Same or an integer of 0 or more", text),
    };

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
            return (Amount[dimension], Amount[dimension]);
        }
        int output = (input + stride - 1) / stride;
        int total = Math.Max(0, (output - 1) * stride + kernel - input);
        return (total / 2, total - total / 2);
    }

    /// <summary>Writes Valid, Same or the number.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Mode != PaddingMode.Explicit ? Mode.ToString()
        : Amount.Count == 1 ? Amount[0].ToString(CultureInfo.InvariantCulture) : Amount.ToString();
}
