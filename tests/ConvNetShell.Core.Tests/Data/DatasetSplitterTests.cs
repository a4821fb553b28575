using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Tests.Data;

public class DatasetSplitterTests
{
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.25)]
    [InlineData(0.33)]
    public void Every_class_keeps_its_share_within_one_image(double fraction)
    {
        int[] counts = [31, 7, 19, 3];
        int[] labels = [.. counts.SelectMany((count, label) => Enumerable.Repeat(label, count))];
        var split = new DatasetSplit("Train", new Shape(1, 1, 1), [.. Enumerable.Range(0, 60).Select(i => (byte)i)], labels);
        (DatasetSplit remaining, DatasetSplit heldOut) = DatasetSplitter.HoldOut(split, fraction, 3);
        Assert.Equal((int)Math.Round(60 * fraction, MidpointRounding.AwayFromZero), heldOut.Count);
        Assert.Equal("Validation", heldOut.Name);
        for (int label = 0; label < counts.Length; label++)
        {
            Assert.InRange(heldOut.Labels.Count(value => value == label) - (counts[label] * fraction), -1, 1);
        }
        byte[] all = [.. Values(remaining).Concat(Values(heldOut)).Order()];
        Assert.Equal(Values(split), all);
    }

    [Fact]
    public void The_same_seed_gives_the_same_images_on_every_machine()
    {
        DatasetSplit split = Samples.Split("Train", new Shape(1, 1, 1), 20, 2);
        var numbered = new DatasetSplit("Train", split.Shape, [.. Enumerable.Range(0, 20).Select(i => (byte)i)], [.. split.Labels]);
        Assert.Equal(Values(DatasetSplitter.HoldOut(numbered, 0.3, 5).HeldOut), Values(DatasetSplitter.HoldOut(numbered, 0.3, 5).HeldOut));
        Assert.NotEqual(
            Values(DatasetSplitter.HoldOut(numbered, 0.3, 5).HeldOut),
            Values(DatasetSplitter.HoldOut(numbered, 0.3, 6).HeldOut)
        );
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(0.001)]
    public void A_share_that_leaves_nothing_is_refused(double fraction) =>
        Assert.Throws<InvalidSettingException>(() =>
            DatasetSplitter.HoldOut(Samples.Split("Train", new Shape(1, 1, 1), 20, 2), fraction, 0)
        );

    [Fact]
    public void A_validation_split_is_made_once()
    {
        Dataset dataset = Samples.Dataset(new Shape(1, 2, 2));
        Dataset split = dataset.WithValidation(0.25, 1);
        Assert.Equal([9, 3, 5], split.Splits.Select(part => part.Count));
        Assert.Same(split, split.WithValidation());
        Assert.Null(dataset.Validation);
    }

    [Fact]
    public void Images_can_be_limited_and_selected_by_class()
    {
        DatasetSplit split = Samples.Split("Train", new Shape(1, 2, 2), 20, 4);
        Assert.Equal([2, 2, 2, 2], DatasetSplitter.Limit(split, 2, 0).Labels.GroupBy(label => label).Select(group => group.Count()));
        Assert.Equal(20, DatasetSplitter.Limit(split, 100, 0).Count);
        Assert.All(DatasetSplitter.Select(split, [1, 3]).Labels, label => Assert.True(label is 1 or 3));
        Assert.Throws<InvalidSettingException>(() => DatasetSplitter.Limit(split, 0, 0));
    }

    private static byte[] Values(DatasetSplit split) => [.. Enumerable.Range(0, split.Count).Select(i => split.Image(i)[0])];
}
