using ConvNetShell.Core.Training.Schedules;
using ConvNetShell.Core.Training.Settings;

namespace ConvNetShell.Core.Tests.Training;

public sealed class LearningRateScheduleTests
{
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

    [Fact]
    public void One_cycle_rises_for_a_quarter_then_falls()
    {
        double[] rates = Rates(ScheduleKind.OneCycle, 100);
        Assert.Equal(0.2 * 0.04, rates[0], 12);
        Assert.Equal(0.2, rates[25], 12);
        Assert.Equal(rates[..26].Order(), rates[..26]);
        Assert.Equal(rates[25..].OrderDescending(), rates[25..]);
        Assert.InRange(rates[99], 0, 0.2 * 0.001);
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
        Assert.Equal([1, 1, 0.5, 0.5, 0.25], new[] { 0, 2.9, 3, 5.9, 6.1 }.Select(schedule.At));
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
        Assert.Equal([0.04, 0.52, 1, 1], new double[] { 0, 1, 2, 9 }.Select(schedule.At), (a, b) => Math.Abs(a - b) < 1e-12);
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
    [InlineData(ScheduleKind.OneCycle)]
    [InlineData(ScheduleKind.Cosine)]
    [InlineData(ScheduleKind.Constant)]
    public void One_step_has_a_rate(ScheduleKind kind) => Assert.InRange(Rates(kind, 1)[0], 1e-6, 0.2);

    private static double[] Rates(ScheduleKind kind, int steps)
    {
        var schedule = new LearningRateSchedule(new TrainingSettings { Schedule = kind, Epochs = steps });
        return [.. Enumerable.Range(0, steps).Select(step => 0.2 * schedule.At(step))];
    }
}
