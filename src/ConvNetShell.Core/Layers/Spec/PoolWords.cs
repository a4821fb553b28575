using System.Text.RegularExpressions;
using ConvNetShell.Core.Layers.Blocks;
using ConvNetShell.Core.Layers.Pooling;
using ConvNetShell.Core.Layers.Windows;

namespace ConvNetShell.Core.Layers.Spec;

/// <summary>Words of the poolings: pool2, avgpool3s2, globalavg, adaptivemax4x4; and of a shortcut's places, skip32s2.</summary>
internal static partial class PoolWords
{
    public static LayerSpec? Read(string word)
    {
        if (Pool().Match(word) is { Success: true } pool)
        {
            SpatialSize kernel = WordNumbers.SpatialSize(pool, "kernel", "Size", 1);
            return new PoolSpec(Kind(pool), WordNumbers.ReadWindow(pool, kernel, kernel, Padding.Valid));
        }
        if (Adaptive().Match(word) is { Success: true } adaptive)
        {
            return new AdaptivePoolSpec(Kind(adaptive), WordNumbers.SpatialSize(adaptive, "size", "OutputSize", 1));
        }
        if (Skip().Match(word) is { Success: true } skip)
        {
            return new ChannelPadSpec(WordNumbers.Int(skip, "channels"), WordNumbers.SpatialSize(skip, "stride", "Stride", 1));
        }
        return Global().Match(word) is { Success: true } whole ? new AdaptivePoolSpec(Kind(whole), null) : null;
    }

    private static PoolKind Kind(Match match) => WordNumbers.Has(match, "mean") ? PoolKind.Average : PoolKind.Max;

    [GeneratedRegex(@"^(?:(?<mean>mean|avg)|max)?pool(?<kernel>[0-9]+(?:x[0-9]+)*)" + WordNumbers.Window + "$")]
    private static partial Regex Pool();

    [GeneratedRegex(@"^adaptive(?:(?<mean>mean|avg)|max)(?<size>[0-9]+(?:x[0-9]+)*)$")]
    private static partial Regex Adaptive();

    [GeneratedRegex(@"^skip(?<channels>[0-9]+)(?:s(?<stride>[0-9]+(?:x[0-9]+)*))?$")]
    private static partial Regex Skip();

    [GeneratedRegex(@"^global(?:(?<mean>mean|avg)|max)$")]
    private static partial Regex Global();
}
