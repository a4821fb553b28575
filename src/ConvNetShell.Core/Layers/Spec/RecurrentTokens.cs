using System.Text.RegularExpressions;
using ConvNetShell.Core.Layers.Recurrent;

namespace ConvNetShell.Core.Layers.Spec;

/// <summary>Words of the recurrent layers: rnn64, gru64-seq, lstm64-bi.</summary>
internal static partial class RecurrentTokens
{
    public static LayerSpec? Read(string token) =>
        Pattern().Match(token) is not { Success: true } match
            ? null
            : new RecurrentSpec(
                Enum.Parse<RecurrentKind>(match.Groups["kind"].Value, ignoreCase: true),
                TokenNumbers.Int(match, "units"),
                TokenNumbers.Has(match, "sequence"),
                TokenNumbers.Has(match, "both")
            );

    [GeneratedRegex(@"^(?<kind>rnn|gru|lstm)(?<units>[0-9]+)(?<sequence>-seq)?(?<both>-bi)?$")]
    private static partial Regex Pattern();
}
