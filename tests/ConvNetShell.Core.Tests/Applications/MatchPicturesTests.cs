using ConvNetShell.Core.Applications.Embeddings;
using ConvNetShell.Display.Pictures;
using ConvNetShell.Display.Records.Data;
using ConvNetShell.Display.Records.Embeddings;

namespace ConvNetShell.Core.Tests.Applications;

/// <summary>Answers keep their images for a figure.</summary>
public sealed class MatchPicturesTests
{
    [Theory]
    [InlineData(100, 100, 12, 12)]
    [InlineData(3, 100, 3, 21)]
    [InlineData(100, 2, 22, 2)]
    [InlineData(1, 1, 1, 1)]
    public void Wrong_and_right_answers_are_kept_in_equal_parts_where_there_are_so_many(int wrong, int right, int wrongKept, int rightKept)
    {
        MatchResult[] matches =
        [
            .. Enumerable.Range(0, right).Select(i => new MatchResult($"r{i}", "cat", "cat", 0.9, "g", 1)),
            .. Enumerable.Range(0, wrong).Select(i => new MatchResult($"w{i}", "cat", "dog", 0.9, "g", 2)),
        ];
        var report = new MatchReport("n", 1, 2, matches.Length, 0.5, 1, matches);

        MatchReport shown = MatchPictures.Attach(report, Sample);

        Assert.Equal(matches.Select(match => match.Probe), shown.Matches.Select(match => match.Probe));
        MatchResult[] kept = [.. shown.Matches.Where(match => match.ProbeSample is not null)];
        Assert.Equal(wrongKept, kept.Count(match => match.IsCorrect == false));
        Assert.Equal(rightKept, kept.Count(match => match.IsCorrect == true));
        PictureGrid grid = shown.ToRequestedPictures();
        Assert.Equal(2 * kept.Length, grid.Pictures.Count);
        Assert.Equal([null, false], grid.Pictures.Take(2).Select(picture => picture.IsRight));
        Assert.Equal("dog\nsimilarity 0.90", grid.Pictures[1].Caption);
        Assert.Equal([null, true], grid.Pictures.TakeLast(2).Select(picture => picture.IsRight));
        Assert.Empty(report.ToRequestedPictures().Pictures);
    }

    private static ImageSample Sample(string source) => new("d", "Test", 0, 0, "cat", 1, 1, 1, [7]) { File = source };
}
