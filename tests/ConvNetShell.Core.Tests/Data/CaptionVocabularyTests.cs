using ConvNetShell.Core.Data.Captions;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Tests.Data;

public sealed class CaptionVocabularyTests
{
    private static readonly CaptionVocabulary Words = CaptionVocabulary.Of(["A cat  sat", "a dog"], least: 8);

    [Fact]
    public void End_and_start_come_first_then_the_words_in_order_then_unused_ones() =>
        Assert.Equal(["<end>", "<start>", "a", "cat", "dog", "sat", "<unused 6>", "<unused 7>"], Words.Words);

    [Fact]
    public void A_caption_ends_with_the_end_and_comes_back()
    {
        long[] encoded = Words.Encode("a DOG sat", 5);
        Assert.Equal([2, 4, 5, 0, -1], encoded);
        Assert.Equal("a dog sat", Words.Decode(encoded.Select(word => (int)Math.Max(word, 0))));
    }

    [Fact]
    public void A_caption_that_is_too_long_or_has_an_unknown_word_is_an_error()
    {
        Assert.Equal([2, 2, 2, 0], Words.Encode("a a a", 4));
        InvalidSettingException error = Assert.Throws<InvalidSettingException>(() => Words.Encode("a a a a", 4));
        Assert.Contains("at most 3 words", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<InvalidSettingException>(() => Words.Encode("a bird", 4));
        Assert.Contains("'bird' in 'a bird'", error.Message, StringComparison.Ordinal);
        Assert.Equal([2, 5, 0, -1], Words.Encode("a bird sat", 4, skipsUnknown: true));
    }

    [Fact]
    public void Case_and_punctuation_do_not_matter()
    {
        Assert.Equal(["a", "well-fed", "cat", "sat"], CaptionVocabulary.Split("A (well-fed) \"cat\", sat ."));
    }
}
