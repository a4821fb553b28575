using System.Text.RegularExpressions;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Windows;

namespace ConvNetShell.Core.Layers.Spec;

/// <summary>Words of the layers with filters: conv5x5x16, conv1d5x16, deconv4x4x8s2, local3x3x8.</summary>
internal static partial class FilterTokens
{
    public static LayerSpec? Read(string token)
    {
        if (Table().Match(token) is { Success: true } table)
        {
            return new ConnectionTableConvSpec(SpatialSize.Parse("Kernel", table.Groups["kernel"].Value), table.Groups["table"].Value);
        }
        if (Pattern().Match(token) is not { Success: true } match)
        {
            return null;
        }
        int dimensions = TokenNumbers.Has(match, "dimensions") ? TokenNumbers.Int(match, "dimensions") : 2;
        int[] sizes = SpatialSize
            .Parse("Kernel", match.Groups["kernel"].Value.TrimEnd('x'))
            .Expand(match.Groups["kernel"].Value.Count(letter => letter == 'x'));
        if (sizes.Length != dimensions)
        {
            return null;
        }
        Window window = TokenNumbers.ReadWindow(match, new SpatialSize(sizes), 1, Padding.Same);
        int filters = TokenNumbers.Int(match, "filters"),
            groups = TokenNumbers.Has(match, "groups") ? TokenNumbers.Int(match, "groups") : 1;
        int extra = TokenNumbers.Has(match, "extra") ? TokenNumbers.Int(match, "extra") : 0;
        bool bias = !TokenNumbers.Has(match, "nobias");
        return match.Groups["kind"].Value switch
        {
            "conv" when extra == 0 => new ConvSpec(filters, window, groups, bias, dimensions),
            "deconv" => new TransposedConvSpec(filters, window, groups, bias, dimensions, extra),
            "local" when extra == 0 && groups == 1 => new LocalSpec(filters, window, bias, dimensions),
            _ => null,
        };
    }

    [GeneratedRegex(@"^mapconv(?<kernel>[0-9]+x[0-9]+):(?<table>[0-9a-z]+(?:/[0-9a-z]+)*)$")]
    private static partial Regex Table();

    [GeneratedRegex(
        @"^(?<kind>conv|deconv|local)(?:(?<dimensions>[123])d)?(?<kernel>(?:[0-9]+x)+)(?<filters>[0-9]+)"
            + TokenNumbers.Window
            + @"(?:g(?<groups>[0-9]+)|e(?<extra>[0-9]+))*(?<nobias>-nobias)?$"
    )]
    private static partial Regex Pattern();
}
