using System.Text.RegularExpressions;
using ConvNetShell.Core.Layers.Recurrent;

namespace ConvNetShell.Core.Layers.Spec;

/// <summary>Words of the recurrent layers: rnn64, gru64-seq, lstm64-bi.</summary>
internal static partial class RecurrentWords
{
    public static LayerSpec? Read(string word) =>
        Pattern().Match(word) is not { Success: true } match
            ? null
            : new RecurrentSpec(
                Enum.Parse<RecurrentKind>(match.Groups["kind"].Value, ignoreCase: true),
                WordNumbers.Int(match, "units"),
                WordNumbers.Has(match, "sequence"),
                WordNumbers.Has(match, "both")
            );

    [GeneratedRegex(@"^(?<kind>rnn|gru|lstm)(?<units>[0-9]+)(?<sequence>-seq)?(?<both>-bi)?$")]
    private static partial Regex Pattern();
}
