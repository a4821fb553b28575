using ConvNetShell.Core.Training.Schedules;
using ConvNetShell.Core.Training.Settings;

namespace ConvNetShell.Core.Tests.Training;

public sealed class LearningRateScheduleTests
{
    [Fact]
    public void Linear_falls_to_zero() =>
        Assert.Equal([0.2, 0.15, 0.1, 0.05], Rates(ScheduleKind.Linear, 4), (a, b) => Math.Abs(a - b) < 1e-9);

    [Fact]
    public void Constant_stays() => Assert.All(Rates(ScheduleKind.Constant, 7), rate => Assert.Equal(0.2, rate));

    [Fact]
    public void Cosine_falls_from_the_peak_to_near_zero()
    {
        double[] rates = Rates(ScheduleKind.Cosine, 100);
        Assert.Equal(0.2, rates[0]);
        Assert.Equal(0.1, rates[50], 12);
        Assert.InRange(rates[99], 0, 0.2 * 0.001);
        Assert.Equal(rates.OrderDescending(), rates);
    }

    [Theory] // torch.optim.lr_scheduler.OneCycleLR(max_lr=0.2, total_steps=...)
    [InlineData(100, 0, 0.008)]
    [InlineData(100, 10, 0.0590327898)]
    [InlineData(100, 29, 0.2)]
    [InlineData(100, 50, 0.1587786901)]
    [InlineData(100, 75, 0.0526137233)]
    [InlineData(100, 99, 8e-7)]
    [InlineData(10, 2, 0.2)]
    [InlineData(10, 6, 0.0777483956)]
    public void One_cycle_is_that_of_torch(int steps, int step, double rate) =>
        Assert.Equal(rate, Rates(ScheduleKind.OneCycle, steps)[step], 1e-7);

    [Fact]
    public void One_cycle_goes_by_steps_and_not_by_epochs()
    {
        var schedule = new LearningRateSchedule(new TrainingSettings { Epochs = 10 });
        double[] each = [.. Enumerable.Range(0, 100).Select(step => 0.2 * schedule.At(step / 10.0, 10))];
        Assert.Equal(Rates(ScheduleKind.OneCycle, 100), each, (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public void One_cycle_may_warm_up_for_another_time()
    {
        var schedule = new LearningRateSchedule(new TrainingSettings { Epochs = 100, WarmupEpochs = 50 });
        Assert.Equal(1, schedule.At(49), 1e-12); // pct_start 0.5
    }

    [Fact]
    public void Triangle_rises_and_falls_in_lines()
    {
        double[] rates = Rates(ScheduleKind.Triangular, 100);
        Assert.Equal(0.2 * 0.2, rates[0], 12);
        Assert.Equal(0.2, rates[23], 12);
        Assert.Equal(rates[30] - rates[31], rates[80] - rates[81], 12);
        Assert.Equal(0.2 * 0.07, rates[99] - (rates[98] - rates[99]), 12);
    }

    [Fact]
    public void Steps_down()
    {
        var schedule = new LearningRateSchedule(
            new TrainingSettings
            {
                Schedule = ScheduleKind.Step,
                Epochs = 9,
                StepSize = 3,
                Gamma = 0.5,
            }
        );
        Assert.Equal([1, 1, 0.5, 0.5, 0.25], new[] { 0, 2.9, 3, 5.9, 6.1 }.Select(epoch => schedule.At(epoch)));
    }

    [Fact]
    public void Warm_up_comes_before_any_schedule()
    {
        var schedule = new LearningRateSchedule(
            new TrainingSettings
            {
                Schedule = ScheduleKind.Constant,
                Epochs = 10,
                WarmupEpochs = 2,
            }
        );
        Assert.Equal(
            [0.04, 0.52, 1, 1],
            new double[] { 0, 1, 2, 9 }.Select(epoch => schedule.At(epoch)),
            (a, b) => Math.Abs(a - b) < 1e-12
        );
    }

    [Fact]
    public void Plateau_lowers_the_rate_and_goes_on()
    {
        var monitor = new EpochMonitor(
            new TrainingSettings
            {
                Schedule = ScheduleKind.Plateau,
                StepSize = 2,
                Gamma = 0.5,
                Epochs = 20,
                Monitor = MonitorKind.TrainLoss,
            }
        );
        double[] losses = [3, 2, 2, 2, 1.5, 1.6, 1.6, 1.6, 1.6];
        ConvNetShell.Display.Records.Training.EpochRecord? best = null;
        var factors = new List<double>();
        foreach ((double loss, int i) in losses.Select((loss, i) => (loss, i)))
        {
            var epoch = new ConvNetShell.Display.Records.Training.EpochRecord(i + 1, loss, 0, double.NaN, double.NaN, 0, 0, TimeSpan.Zero);
            best = monitor.Add(epoch, best) ? epoch : best;
            factors.Add(monitor.Factor);
        }
        Assert.Equal([1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.125], factors);
        Assert.Equal(5, best!.Epoch);
    }

    [Theory]
    [InlineData(ScheduleKind.Cosine)]
    [InlineData(ScheduleKind.Constant)]
    public void One_step_has_a_rate(ScheduleKind kind) => Assert.InRange(Rates(kind, 1)[0], 1e-6, 0.2);

    private static double[] Rates(ScheduleKind kind, int steps)
    {
        var schedule = new LearningRateSchedule(new TrainingSettings { Schedule = kind, Epochs = steps });
        return [.. Enumerable.Range(0, steps).Select(step => 0.2 * schedule.At(step))];
    }
}
