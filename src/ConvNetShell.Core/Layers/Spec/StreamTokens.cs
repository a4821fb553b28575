using System.Text.RegularExpressions;
using ConvNetShell.Core.Layers.Streams;

namespace ConvNetShell.Core.Layers.Spec;

/// <summary>The words that take a stream out of a film: picture24, sound16.</summary>
internal static partial class StreamTokens
{
    public static LayerSpec? Read(string token) =>
        Pattern().Match(token) is not { Success: true } match
            ? null
            : new StreamSpec(
                match.Groups["stream"].Value == "sound" ? StreamKind.Sound : StreamKind.Picture,
                TokenNumbers.Int(match, "rows")
            );

    [GeneratedRegex(@"^(?<stream>picture|sound)(?<rows>[0-9]+)$")]
    private static partial Regex Pattern();
}
