using ConvNetShell.Core.Training;

namespace ConvNetShell.Core.Tests.Training;

public sealed class LearningRateScheduleTests
{
    [Fact]
    public void ConstantStays() => Assert.All(Rates(ScheduleKind.Constant, 7), rate => Assert.Equal(0.2, rate));

    [Fact]
    public void CosineFallsFromThePeakToNearZero()
    {
        double[] rates = Rates(ScheduleKind.Cosine, 100);
        Assert.Equal(0.2, rates[0]);
        Assert.Equal(0.1, rates[50], 12);
        Assert.InRange(rates[99], 0, 0.2 * 0.001);
        Assert.Equal(rates.OrderDescending(), rates);
    }

    [Fact]
    public void OneCycleRisesForAQuarterThenFalls()
    {
        double[] rates = Rates(ScheduleKind.OneCycle, 100);
        Assert.Equal(0.2 * 0.04, rates[0], 12);
        Assert.Equal(0.2, rates[25], 12);
        Assert.Equal(rates[..26].Order(), rates[..26]);
        Assert.Equal(rates[25..].OrderDescending(), rates[25..]);
        Assert.InRange(rates[99], 0, 0.2 * 0.001);
    }

    [Theory]
    [InlineData(ScheduleKind.OneCycle)]
    [InlineData(ScheduleKind.Cosine)]
    [InlineData(ScheduleKind.Constant)]
    public void OneStepHasARate(ScheduleKind kind) => Assert.InRange(Rates(kind, 1)[0], 1e-6, 0.2);

    private static double[] Rates(ScheduleKind kind, int steps)
    {
        var schedule = new LearningRateSchedule(new TrainingSettings { Schedule = kind, Epochs = steps });
        return [.. Enumerable.Range(0, steps).Select(step => 0.2 * schedule.At(step))];
    }
}
