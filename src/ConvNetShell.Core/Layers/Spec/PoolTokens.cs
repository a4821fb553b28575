using System.Text.RegularExpressions;
using ConvNetShell.Core.Layers.Blocks;
using ConvNetShell.Core.Layers.Pooling;
using ConvNetShell.Core.Layers.Windows;

namespace ConvNetShell.Core.Layers.Spec;

/// <summary>
/// Tokens of the pooling layers: pool2, avgpool3s2, globalavg, adaptivemax4x4; and of the shortcut without parameters, skip32s2.
/// </summary>
internal static partial class PoolTokens
{
    public static LayerSpec? Read(string token)
    {
        if (Pool().Match(token) is { Success: true } pool)
        {
            SpatialSize kernel = TokenNumbers.SpatialSize(pool, "kernel", "-Size", 1);
            return new PoolSpec(Kind(pool), TokenNumbers.ReadWindow(pool, kernel, kernel, Padding.Valid));
        }
        if (Adaptive().Match(token) is { Success: true } adaptive)
        {
            return new AdaptivePoolSpec(Kind(adaptive), TokenNumbers.SpatialSize(adaptive, "size", "-OutputSize", 1));
        }
        if (Skip().Match(token) is { Success: true } skip)
        {
            return new ChannelPadSpec(TokenNumbers.Int(skip, "channels"), TokenNumbers.SpatialSize(skip, "stride", "-Stride", 1));
        }
        return Global().Match(token) is { Success: true } whole ? new AdaptivePoolSpec(Kind(whole), null) : null;
    }

    private static PoolKind Kind(Match match) => TokenNumbers.Has(match, "mean") ? PoolKind.Average : PoolKind.Max;

    [GeneratedRegex(@"^(?:(?<mean>mean|avg)|max)?pool(?<kernel>\d+(?:x\d+)*)" + TokenNumbers.Window + "$")]
    private static partial Regex Pool();

    [GeneratedRegex(@"^adaptive(?:(?<mean>mean|avg)|max)(?<size>\d+(?:x\d+)*)$")]
    private static partial Regex Adaptive();

    [GeneratedRegex(@"^skip(?<channels>\d+)(?:s(?<stride>\d+(?:x\d+)*))?$")]
    private static partial Regex Skip();

    [GeneratedRegex(@"^global(?:(?<mean>mean|avg)|max)$")]
    private static partial Regex Global();
}
