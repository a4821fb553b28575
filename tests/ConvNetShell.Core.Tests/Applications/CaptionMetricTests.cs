using ConvNetShell.Core.Applications.Captions;

namespace ConvNetShell.Core.Tests.Applications;

/// <summary>BLEU and CIDEr against values worked out by hand.</summary>
public sealed class CaptionMetricTests
{
    [Fact]
    public void Words_count_at_most_as_often_as_in_a_true_caption()
    {
        // The example of the paper: of seven times "the", two are right.
        IReadOnlyList<double> bleu = Measure("the the the the the the the", "the cat is on the mat", "there is a cat on the mat");
        Assert.Equal(2.0 / 7, bleu[0], 1e-9);
        Assert.Equal(0, bleu[1]);
    }

    [Fact]
    public void Sequences_of_two_words_and_the_penalty_of_short_captions()
    {
        // 3 of 4 words, 1 of 3 pairs; four words instead of five.
        IReadOnlyList<double> bleu = Measure("a red cat sat", "a red dog sat down");
        double penalty = Math.Exp(1 - (5.0 / 4));
        Assert.Equal(penalty * 3 / 4, bleu[0], 1e-9);
        Assert.Equal(penalty * Math.Sqrt(3.0 / 4 * (1.0 / 3)), bleu[1], 1e-9);
        Assert.Equal(0, bleu[2]);
    }

    [Fact]
    public void The_sums_of_all_captions_are_divided_not_their_scores_averaged()
    {
        // 4 of 6 words, 3 of 4 pairs; lengths 4 and 2 instead of 4 and 2.
        IReadOnlyList<double> bleu = Bleu.Measure(
            [Words("a b c d"), Words("e f")],
            [
                [Words("a b c d")],
                [Words("g h")],
            ]
        );
        Assert.Equal(4.0 / 6, bleu[0], 1e-9);
        Assert.Equal(Math.Sqrt(4.0 / 6 * (3.0 / 4)), bleu[1], 1e-9);
    }

    [Fact]
    public void The_true_captions_have_a_BLEU_of_1() => Assert.Equal([1, 1, 1, 1], Measure("a b c d e", "x", "a b c d e"));

    [Fact]
    public void CIDEr_is_10_for_the_true_caption_and_0_for_words_that_all_have()
    {
        Assert.Equal(
            10,
            Cider.Measure(
                [Words("a b c d"), Words("e f g h")],
                [
                    [Words("a b c d")],
                    [Words("e f g h")],
                ]
            ),
            1e-9
        );
        Assert.Equal(
            0,
            Cider.Measure(
                [Words("a"), Words("a")],
                [
                    [Words("a b")],
                    [Words("a c")],
                ]
            ),
            1e-9
        );
    }

    [Fact]
    public void CIDEr_is_the_mean_cosine_of_weighted_counts()
    {
        // Words of the first: x and y, each in one of two images, so of equal weight; "x z" shares one of two: 1/2, and no pair. The second
        // caption has nothing right. (1/2 + 0 + 0 + 0) / 4 / 2 images x 10.
        Assert.Equal(
            0.625,
            Cider.Measure(
                [Words("x z"), Words("q")],
                [
                    [Words("x y")],
                    [Words("v w")],
                ]
            ),
            1e-9
        );
    }

    private static IReadOnlyList<double> Measure(string caption, params string[] references) =>
        Bleu.Measure(
            [Words(caption)],
            [
                [.. references.Select(Words)],
            ]
        );

    private static IReadOnlyList<string> Words(string text) => text.Split(' ');
}
