using System.Security.Cryptography;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Matches;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Tests.Data;

public sealed class MatchesGeneratorTests
{
    [Fact]
    public void The_same_seed_gives_the_same_bytes_on_every_machine()
    {
        Dataset matches = MatchesGenerator.Generate(70, 30, seed: 7);
        Assert.Equal("Matches: 1x8x40x32, 2 classes, Train 70, Validation 15, Test 30", matches.ToString());
        Assert.Equal("6a9c573c4264b4093e6a9ca251d1967e", Convert.ToHexStringLower(MD5.HashData(matches.Train.PixelArray)));
        Assert.NotEqual(matches.Train.PixelArray, MatchesGenerator.Generate(70, 30, seed: 8).Train.PixelArray);
        Assert.Throws<InvalidSettingException>(() => MatchesGenerator.Generate(0));
        Assert.Throws<InvalidSettingException>(() => MatchesGenerator.Generate(60, -1));
    }

    [Fact]
    public void A_window_does_not_depend_on_how_many_are_made_and_no_two_splits_share_one()
    {
        Dataset few = MatchesGenerator.Generate(61, 60),
            more = MatchesGenerator.Generate(180, 60);
        Assert.Equal(few.Train.Image(60).ToArray(), more.Train.Image(60).ToArray());
        Assert.NotEqual(few.Train.Image(0).ToArray(), few.Test!.Image(0).ToArray());
        Assert.NotEqual(few.Train.Image(0).ToArray(), few.Validation!.Image(0).ToArray());
        Assert.Equal(("1", "2"), (few.Train.Attributes.Of(59)["Match"], few.Train.Attributes.Of(60)["Match"]));
        Assert.Equal(("118", "0"), (few.Train.Attributes.Of(59)["Start"], few.Train.Attributes.Of(60)["Start"]));
    }

    [Fact]
    public void Highlights_are_a_fifth_and_show_in_either_stream_or_both()
    {
        DatasetSplit train = MatchesGenerator.Generate(3_600, 0).Train;
        int[] highlights = [.. Enumerable.Range(0, train.Count).Where(i => train.Labels[i] == 1)];
        Assert.InRange((double)highlights.Length / train.Count, 0.19, 0.25);
        for (int i = 0; i < train.Count; i++)
        {
            IReadOnlyDictionary<string, string> own = train.Attributes.Of(i);
            string shown = (own["Event"] is "goal" or "solo", own["Sound"] == "cheer") switch
            {
                (true, true) => "both",
                (true, false) => "picture",
                (false, true) => "sound",
                _ => "none",
            };
            Assert.Equal(shown, own["ShownIn"]);
            Assert.Equal(shown != "none", train.Labels[i] == 1);
            Assert.Equal(shown == "none", own["Side"] == "none");
        }
        Assert.Equal(["both", "picture", "sound"], highlights.Select(i => train.Attributes.Of(i)["ShownIn"]).Distinct().Order());
        double cutaways = Share(train, highlights, "cutaway"),
            others = Share(train, [.. Enumerable.Range(0, train.Count).Except(highlights)], "cutaway");
        Assert.InRange(cutaways - others, -0.05, 0.05); // a cutaway alone tells nothing
    }

    [Fact]
    public void The_crowd_cheers_for_the_home_side()
    {
        DatasetSplit train = MatchesGenerator.Generate(1_200, 0).Train;
        double home = Loudness("home", "cheer"),
            away = Loudness("away", "cheer"),
            calm = Loudness("none", "calm");
        Assert.True(home > 1.5 * calm, $"{home} {calm}");
        Assert.InRange(away / calm, 0.8, 1.25);

        double Loudness(string side, string sound) =>
            Enumerable
                .Range(0, train.Count)
                .Where(i => train.Attributes.Of(i)["Side"] == side && train.Attributes.Of(i)["Sound"] == sound)
                .Average(i => Power(train.Image(i)));
    }

    private static double Power(ReadOnlySpan<byte> window)
    {
        var sound = new byte[MatchFilm.Samples];
        MatchFilm.Part(window, new byte[MatchFilm.Frames * MatchFilm.PictureRows * MatchFilm.Width], sound);
        return sound.Average(value => (value - 128.0) * (value - 128.0));
    }

    private static double Share(DatasetSplit split, int[] windows, string seen) =>
        (double)windows.Count(i => split.Attributes.Of(i)["Event"] == seen) / windows.Length;
}
