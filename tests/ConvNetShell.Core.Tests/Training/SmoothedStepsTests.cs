using ConvNetShell.Core.Training.Callbacks;

namespace ConvNetShell.Core.Tests.Training;

public sealed class SmoothedStepsTests
{
    [Fact]
    public void Means_of_an_epoch_so_far_become_the_average_of_single_steps()
    {
        double[] losses = [3, 2.5, 2, 1.5, 1, 0.5];
        double sum = 0,
            weight = 0;
        var smoothed = new SmoothedSteps();
        for (int i = 0; i < losses.Length; i++)
        {
            sum = (0.98 * sum) + (0.02 * losses[i]); // fastai's, debiased
            weight = (0.98 * weight) + 0.02;
            int epoch = i / 3;
            double mean = losses[(3 * epoch)..(i + 1)].Average();

            (double loss, double accuracy) = smoothed.Add(Progress(epoch + 1, (i % 3) + 1, mean, mean / 10));

            Assert.Equal(sum / weight, loss, 1e-12);
            Assert.Equal(loss / 10, accuracy, 1e-12);
        }
    }

    [Fact]
    public void Steps_that_are_not_reported_count_by_their_mean()
    {
        var every = new SmoothedSteps();
        var some = new SmoothedSteps();
        for (int step = 1; step <= 10; step++)
        {
            _ = every.Add(Progress(1, step, 0.5, 0.5));
        }
        _ = some.Add(Progress(1, 4, 0.5, 0.5));
        Assert.Equal(every.Add(Progress(2, 1, 2, 1)).Loss, After(some, Progress(1, 10, 0.5, 0.5), Progress(2, 1, 2, 1)).Loss, 1e-12);
    }

    private static (double Loss, double Accuracy) After(SmoothedSteps smoothed, StepProgress first, StepProgress second)
    {
        _ = smoothed.Add(first);
        return smoothed.Add(second);
    }

    private static StepProgress Progress(int epoch, int step, double loss, double accuracy) =>
        new(epoch, 2, step, 10, loss, accuracy, 0, TimeSpan.Zero);
}
