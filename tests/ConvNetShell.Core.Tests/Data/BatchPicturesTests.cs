using ConvNetShell.Core.Data.Augmentations;
using ConvNetShell.Core.Data.Batches;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Tests.Training;
using ConvNetShell.Display.Pictures;
using ConvNetShell.Display.Records.Data;

namespace ConvNetShell.Core.Tests.Data;

/// <summary>A batch is shown as it is trained on, in the colors it had.</summary>
public sealed class BatchPicturesTests
{
    [Fact]
    public void Without_changes_the_pictures_are_the_images()
    {
        Dataset data = TinyData.Dataset();
        PictureGrid grid = BatchPictures.Get(data, Augmentation.None, 3, 0, same: true, index: 5);
        float[] wanted = SamplePictures.ToPicture(ImageSamples.FromSplit(data, data.Train, 5)).Values;
        Assert.All(grid.Pictures, picture => Assert.All(wanted.Zip(picture.Values), pair => Assert.Equal(pair.First, pair.Second, 1e-5)));
        Assert.Contains("Train[5], bright", grid.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void One_image_comes_as_it_is_and_then_changed_the_same_with_the_same_seed()
    {
        Dataset data = TinyData.Dataset();
        var much = new Augmentation
        {
            Flip = FlipKind.Random,
            Shift = 2,
            Cutout = 3,
        };
        PictureGrid first = BatchPictures.Get(data, much, 8, 1, same: true, index: 5),
            again = BatchPictures.Get(data, much, 8, 1, same: true, index: 5);
        Assert.Equal("as it is", first.Pictures[0].Caption);
        Assert.Equal(first.Pictures.SelectMany(picture => picture.Values), again.Pictures.SelectMany(picture => picture.Values));
        Assert.True(first.Pictures.Select(picture => string.Join(' ', picture.Values)).Distinct().Count() > 4);
    }

    [Fact]
    public void A_batch_has_classes_and_places()
    {
        PictureGrid grid = BatchPictures.Get(TinyData.Dataset(), Augmentation.None, 10, 0, same: false, index: null);
        Assert.Equal(10, grid.Pictures.Count);
        Assert.All(grid.Pictures, picture => Assert.Matches("^(dark|middle|bright)\nTrain\\[\\d+\\]$", picture.Caption));
    }

    [Fact]
    public void An_image_that_is_not_there_is_an_error() =>
        Assert.Contains(
            "Received: 48",
            Assert.Throws<InvalidSettingException>(() => BatchPictures.Get(TinyData.Dataset(), Augmentation.None, 1, 0, true, 48)).Message,
            StringComparison.Ordinal
        );
}
