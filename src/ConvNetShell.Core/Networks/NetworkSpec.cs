using System.Globalization;
using System.Text.RegularExpressions;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers;

namespace ConvNetShell.Core.Networks;

/// <summary>
/// The specification language: layers as words between spaces, <c>conv5x5x16 relu pool2 fc10 softmax</c>.
/// A convolution is <c>conv</c> height x width x filters and keeps the size (padding Same) unless <c>p0</c> (Valid) or
/// another number follows; <c>s2</c> is the stride, <c>g2</c> the groups, <c>-nobias</c> leaves biases out. A pooling is
/// <c>pool</c> or <c>meanpool</c> and its size, with its size as stride unless <c>s</c> says otherwise. Then there are
/// <c>fc10</c>, <c>drop0.5</c>, <c>bn</c>, <c>flatten</c>, <c>relu leakyrelu sigmoid tanh gelu softmax</c>.
/// </summary>
public static partial class NetworkSpec
{
    private const string Options = @"(?:s(?<stride>\d+(?:x\d+)?))?(?:p(?<pad>same|\d+(?:x\d+)?))?";

    /// <summary>Reads a specification.</summary>
    /// <param name="text">Layers between spaces.</param>
    /// <returns>The layers in order.</returns>
    /// <exception cref="LayerException">A word is no layer.</exception>
    /// <exception cref="InvalidSettingException">A number is out of range.</exception>
    public static IReadOnlyList<LayerSpec> Parse(string text) =>
        [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(ParseWord)];

    /// <summary>Writes layers as a specification.</summary>
    /// <param name="layers">The layers in order.</param>
    /// <returns>The text; <see cref="Parse"/> reads it back, names aside.</returns>
    public static string Write(IEnumerable<LayerSpec> layers) => string.Join(' ', layers.Select(layer => layer.ToToken()));

    private static LayerSpec ParseWord(string word)
    {
        string lower = word.ToLowerInvariant();
        if (Conv().Match(lower) is { Success: true } conv)
        {
            var window = new Window(new Extent(Int(conv, "h"), Int(conv, "w")), Stride(conv, 1), Pad(conv, Padding.Same));
            return new ConvSpec(Int(conv, "n"), window, conv.Groups["g"].Success ? Int(conv, "g") : 1, !conv.Groups["nobias"].Success);
        }
        if (Pool().Match(lower) is { Success: true } pool)
        {
            Extent kernel = Extent.Parse("-Size", pool.Groups["k"].Value);
            return new PoolSpec(pool.Groups["mean"].Success ? PoolKind.Mean : PoolKind.Max, new Window(kernel, Stride(pool, kernel), Pad(pool, Padding.Valid)));
        }
        if (Dense().Match(lower) is { Success: true } dense)
        {
            return new DenseSpec(Int(dense, "n"), !dense.Groups["nobias"].Success);
        }
        if (Drop().Match(lower) is { Success: true } drop)
        {
            return new DropoutSpec(double.Parse(drop.Groups["rate"].Value, CultureInfo.InvariantCulture));
        }
        return lower switch
        {
            "bn" => new BatchNormSpec(),
            "flatten" => new FlattenSpec(),
            _ when !char.IsAsciiDigit(lower[0]) && Enum.TryParse(lower, ignoreCase: true, out ActivationKind function) => new ActivationSpec(function),
            _ => throw new LayerException(
                "Layer.Syntax", word, $"expected a layer such as conv5x5x16, pool2, meanpool2, fc10, drop0.5, bn, flatten, relu or softmax. Received: '{word}'.", "Separate layers by spaces."),
        };
    }

    private static int Int(Match match, string group) => int.TryParse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        ? number
        : throw new InvalidSettingException($"The number in '{match.Value}'", "at most 2147483647", match.Groups[group].Value);

    private static Extent Stride(Match match, Extent standard) =>
        match.Groups["stride"].Success ? Extent.Parse("-Stride", match.Groups["stride"].Value) : standard;

    private static Padding Pad(Match match, Padding standard) =>
        match.Groups["pad"].Success ? Padding.Parse(match.Groups["pad"].Value) : standard;

    [GeneratedRegex(@"^conv(?<h>\d+)x(?<w>\d+)x(?<n>\d+)" + Options + @"(?:g(?<g>\d+))?(?<nobias>-nobias)?$")]
    private static partial Regex Conv();

    [GeneratedRegex(@"^(?:(?<mean>mean|avg)|max)?pool(?<k>\d+(?:x\d+)?)" + Options + "$")]
    private static partial Regex Pool();

    [GeneratedRegex(@"^fc(?<n>\d+)(?<nobias>-nobias)?$")]
    private static partial Regex Dense();

    [GeneratedRegex(@"^drop(?<rate>\d*\.?\d+(?:e[+-]?\d+)?)$")]
    private static partial Regex Drop();
}
