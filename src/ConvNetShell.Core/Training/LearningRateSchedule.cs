namespace ConvNetShell.Core.Training;

/// <summary>The learning rate at each step of a run.</summary>
/// <param name="Kind">How it moves.</param>
/// <param name="Peak">Its largest value.</param>
/// <param name="Steps">The steps of the whole run.</param>
internal sealed record LearningRateSchedule(ScheduleKind Kind, double Peak, long Steps)
{
    private const double WarmUpShare = 0.25, FirstShareOfPeak = 0.04;

    /// <summary>Returns the rate of a step.</summary>
    /// <param name="step">The step, from 0.</param>
    public double At(long step)
    {
        double progress = (double)step / Steps;
        return Kind switch
        {
            ScheduleKind.OneCycle when progress < WarmUpShare => Peak * (FirstShareOfPeak + (1 - FirstShareOfPeak) * progress / WarmUpShare),
            ScheduleKind.OneCycle => Cosine((progress - WarmUpShare) / (1 - WarmUpShare)),
            ScheduleKind.Cosine => Cosine(progress),
            _ => Peak,
        };
    }

    private double Cosine(double progress) => Peak * 0.5 * (1 + Math.Cos(Math.PI * progress));
}
