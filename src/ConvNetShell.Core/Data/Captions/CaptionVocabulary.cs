using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Data.Captions;

/// <summary>
/// The words of captions by number: that of the end, that of the start, then the others in the order of the alphabet. A network that
/// describes images has them as the names of its outputs.
/// </summary>
public sealed class CaptionVocabulary
{
    /// <summary>The number of the word that ends a caption.</summary>
    public const int End = 0;

    /// <summary>The number of the word that stands before the first.</summary>
    public const int Start = 1;

    private const string EndWord = "<end>",
        StartWord = "<start>";

    private static readonly char[] Punctuation = ['.', ',', ';', ':', '!', '?', '"', '(', ')'];

    private readonly Dictionary<string, int> numbers;

    /// <summary>Initializes a new instance of the <see cref="CaptionVocabulary"/> class.</summary>
    /// <param name="words">The words by number, those of end and start first.</param>
    public CaptionVocabulary(IReadOnlyList<string> words)
    {
        Words = words.ToArray().AsReadOnly();
        numbers = words.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
    }

    /// <summary>Gets the words by number.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>Returns the vocabulary of captions.</summary>
    /// <param name="captions">The captions, words separated by spaces; case does not matter.</param>
    /// <param name="least">The least number of words: names of unused ones follow. Default: none.</param>
    /// <returns>The vocabulary.</returns>
    public static CaptionVocabulary Of(IEnumerable<string> captions, int least = 0)
    {
        string[] words = [EndWord, StartWord, .. captions.SelectMany(Split).Distinct().Order(StringComparer.Ordinal)];
        return new CaptionVocabulary([
            .. words,
            .. Enumerable.Range(words.Length, Math.Max(0, least - words.Length)).Select(i => FormattableString.Invariant($"<unused {i}>")),
        ]);
    }

    /// <summary>Returns the words of a caption.</summary>
    /// <param name="caption">The caption.</param>
    /// <returns>Its words in lower case, without the punctuation around them.</returns>
    public static IReadOnlyList<string> Split(string caption) =>
        [
            .. caption
                .ToLowerInvariant()
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                .Select(word => word.Trim(Punctuation))
                .Where(word => word.Length > 0),
        ];

    /// <summary>Returns a caption as numbers.</summary>
    /// <param name="caption">The caption.</param>
    /// <param name="places">The places there are, the end included.</param>
    /// <param name="skipsUnknown">Whether unknown words are left out, instead of being an error.</param>
    /// <returns>The words' numbers, that of the end, and -1 at the places behind it.</returns>
    /// <exception cref="InvalidSettingException">A word is unknown, or there are too few places.</exception>
    public long[] Encode(string caption, int places, bool skipsUnknown = false)
    {
        IReadOnlyList<string> words = skipsUnknown ? [.. Split(caption).Where(numbers.ContainsKey)] : Split(caption);
        if (words.Count >= places)
        {
            throw new InvalidSettingException(
                "A caption",
                FormattableString.Invariant($"at most {places - 1} words, as the network's last layer has {places} places with the end"),
                FormattableString.Invariant($"{words.Count} words: '{caption}'")
            );
        }
        var encoded = new long[places];
        Array.Fill(encoded, -1L);
        for (int i = 0; i < words.Count; i++)
        {
            encoded[i] = numbers.TryGetValue(words[i], out int number)
                ? number
                : throw new InvalidSettingException("A caption", "only words that the network knows", $"'{words[i]}' in '{caption}'");
        }
        encoded[words.Count] = End;
        return encoded;
    }

    /// <summary>Returns numbers as a caption.</summary>
    /// <param name="encoded">The words' numbers; what follows the end is left out.</param>
    /// <returns>The words with spaces between.</returns>
    public string Decode(IEnumerable<int> encoded) => string.Join(' ', encoded.TakeWhile(word => word != End).Select(word => Words[word]));
}
