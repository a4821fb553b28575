using ConvNetShell.Core.Data.Batches;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Tests.Data;

public sealed class ClassBatchesTests
{
    [Fact]
    public void A_batch_has_some_images_of_each_of_its_classes()
    {
        DatasetSplit split = Split([.. Enumerable.Range(0, 96).Select(i => i % 12)]);
        int[] order = Order(split, 16, 4, seed: 3);
        Assert.All(
            order.Chunk(16),
            batch => Assert.Equal([4, 4, 4, 4], batch.GroupBy(image => split.Labels[image]).Select(group => group.Count()))
        );
        Assert.Equal(Enumerable.Range(0, 96), order.Order());
        Assert.Equal(order, Order(split, 16, 4, seed: 3));
        Assert.NotEqual(order, Order(split, 16, 4, seed: 4));
    }

    [Fact]
    public void Classes_of_any_sizes_come_once_each_image_and_one_image_a_class_shuffles_all()
    {
        DatasetSplit split = Split([0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 2]);
        int[] order = Order(split, 4, 2, seed: 1);
        Assert.Equal(Enumerable.Range(0, 11), order.Order());
        int[] plain = [.. Enumerable.Range(0, 11)];
        EpochOrder.Shuffle(split, plain, new SeededRandom(1));
        Assert.Equal(plain, Order(split, 4, 1, seed: 1));
    }

    [Fact]
    public void Whole_classes_are_held_out()
    {
        DatasetSplit train = Split([.. Enumerable.Range(0, 40).Select(i => i % 10)]);
        var data = new Dataset("Tiny", "test", [.. Enumerable.Range(0, 10).Select(i => $"c{i}")], train);
        Dataset split = data.HoldOutTestClasses(0.2, 1).HoldOutValidationClasses(0.25, 1);
        Assert.Equal([6, 2, 2], split.Splits.Select(part => part.Labels.Distinct().Count()));
        Assert.Equal(10, split.Splits.SelectMany(part => part.Labels.Distinct()).Count());
        Assert.Throws<InvalidSettingException>(() => data.HoldOutTestClasses(0.1, 1));
        Assert.Throws<InvalidSettingException>(() => split.HoldOutTestClasses(0.2, 1));
    }

    private static int[] Order(DatasetSplit split, int batch, int images, long seed)
    {
        int[] order = [.. Enumerable.Range(0, split.Count)];
        ClassBatches.Shuffle(split, order, new SeededRandom(seed), batch, images);
        return order;
    }

    private static DatasetSplit Split(int[] labels) => new("Train", new Shape(1, 1, 1), new byte[labels.Length], labels);
}
