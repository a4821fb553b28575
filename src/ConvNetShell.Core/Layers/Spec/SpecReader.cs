using System.Text.RegularExpressions;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Blocks;

namespace ConvNetShell.Core.Layers.Spec;

/// <summary>Reads a specification: tokens, and blocks of tokens in parentheses.</summary>
internal sealed partial class SpecReader
{
    private static readonly Func<string, LayerSpec?>[] Readers =
    [
        FilterTokens.Read,
        PoolTokens.Read,
        DenseTokens.Read,
        RecurrentTokens.Read,
        CaptionTokens.Read,
        StreamTokens.Read,
        SimpleTokens.Read,
    ];
    private readonly string[] tokens;
    private int next,
        depth;

    public SpecReader(string text)
    {
        var found = new List<string>();
        foreach (ValueMatch match in Token().EnumerateMatches(text))
        {
            found.Add(text.Substring(match.Index, match.Length));
            if (found.Count > NetworkSpec.MaxTokens)
            {
                throw new InvalidSettingException(
                    "Spec",
                    $"at most {NetworkSpec.MaxTokens} words and parentheses",
                    $"{text.Length} characters"
                );
            }
        }
        tokens = [.. found];
    }

    /// <summary>Reads all of it.</summary>
    public IReadOnlyList<LayerSpec> Read()
    {
        IReadOnlyList<LayerSpec> layers = ReadLayers();
        return next == tokens.Length ? layers : throw Unexpected(tokens[next], "There is no block open here.");
    }

    private List<LayerSpec> ReadLayers()
    {
        var layers = new List<LayerSpec>();
        while (next < tokens.Length && tokens[next] is not (")" or "|"))
        {
            string token = tokens[next++];
            layers.Add(next < tokens.Length && tokens[next] == "(" ? ReadBlock(token) : ReadToken(token));
        }
        return layers;
    }

    private LayerSpec ReadBlock(string token)
    {
        BlockSpec.RequireDepth(++depth);
        var branches = new List<IReadOnlyList<LayerSpec>>();
        do
        {
            next++; // ( or |
            branches.Add(ReadLayers());
        } while (next < tokens.Length && tokens[next] == "|");
        if (next == tokens.Length)
        {
            throw Unexpected(token + "(", "Close the block with a parenthesis.");
        }
        next++;
        depth--;
        return BlockTokens.Read(token.ToLowerInvariant(), branches)
            ?? throw Unexpected(token + "(", "Blocks are res(...), respad(...), resproj(...), add(... | ...) and concat(... | ...).");
    }

    private static LayerSpec ReadToken(string token)
    {
        string lower = token.ToLowerInvariant();
        return Readers.Select(read => read(lower)).FirstOrDefault(layer => layer is not null)
            ?? throw Unexpected(token, "Separate layers by spaces.");
    }

    private static LayerException Unexpected(string token, string fix) =>
        new(
            "Layer.Syntax",
            token,
            $"expected a layer, for example conv5x5x16, pool2, avgpool2, fc10, drop0.5, bn, flatten, relu, softmax or res(...). "
                + $"Received: '{token}'.",
            fix
        );

    [GeneratedRegex(@"[()|]|[^\s()|]+")]
    private static partial Regex Token();
}
