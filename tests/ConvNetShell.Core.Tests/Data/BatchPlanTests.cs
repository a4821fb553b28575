using ConvNetShell.Core.Data.Batches;

namespace ConvNetShell.Core.Tests.Data;

public sealed class BatchPlanTests
{
    [Theory]
    [InlineData(10, 5, "5 5")]
    [InlineData(10, 4, "4 4 2")]
    [InlineData(9, 4, "4 5")] // a lone last image joins the batch before it
    [InlineData(5, 4, "5")]
    [InlineData(4, 4, "4")]
    [InlineData(3, 4, "3")]
    [InlineData(1, 4, "1")]
    [InlineData(3, 1, "1 1 1")]
    [InlineData(3, 2, "3")]
    public void Every_image_is_in_one_batch(int count, int batchSize, string sizes)
    {
        var plan = new BatchPlan(count, batchSize);
        int[] order = [.. plan.Order().Reverse()];
        int[][] batches = [.. Enumerable.Range(0, plan.Steps).Select(step => plan.Batch(order, step).ToArray())];
        Assert.Equal(sizes, string.Join(' ', batches.Select(batch => batch.Length)));
        Assert.Equal(order, batches.SelectMany(batch => batch));
        Assert.Equal(batches.Max(batch => batch.Length), plan.LargestBatch);
    }

    [Theory]
    [InlineData(10, 5, "5 5")]
    [InlineData(11, 5, "5 5")]
    [InlineData(14, 5, "5 5")]
    [InlineData(3, 5, "3")] // the only batch
    public void A_smaller_last_batch_may_be_left_out(int count, int batchSize, string sizes)
    {
        var plan = new BatchPlan(count, batchSize, dropLast: true);
        int[][] batches = [.. Enumerable.Range(0, plan.Steps).Select(step => plan.Batch(plan.Order(), step).ToArray())];
        Assert.Equal(sizes, string.Join(' ', batches.Select(batch => batch.Length)));
        Assert.Equal(batches[0].Length, plan.LargestBatch);
    }
}
