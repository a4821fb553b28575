using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Training.Settings;

namespace ConvNetShell.Core.Training.Schedules;

/// <summary>
/// The fraction of the peak learning rate at each moment of a run, in epochs, so that it does not depend on the batch size.
/// </summary>
/// <param name="settings">The settings; checked here, as they must fit each other.</param>
internal sealed class LearningRateSchedule(TrainingSettings settings)
{
    private const double FirstFractionOfPeak = 0.04, // torch's div_factor of 25
        CycleWarmUp = 0.3,
        CycleEnd = FirstFractionOfPeak / 1e4; // torch's final_div_factor
    private const double TriangleStart = 0.2,
        TriangleEnd = 0.07,
        TriangleWarmUp = 0.23;

    /// <summary>Checks that a schedule does something within a run.</summary>
    /// <exception cref="InvalidSettingException">The run ends before the warm-up or before the first step down.</exception>
    public static void Check(TrainingSettings settings)
    {
        if (settings.WarmupEpochs >= settings.Epochs)
        {
            throw new InvalidSettingException("Epochs", Text($"more than the {settings.WarmupEpochs} of -WarmupEpochs"), settings.Epochs);
        }
        if (settings.Schedule is ScheduleKind.Step or ScheduleKind.Plateau && settings.StepSize >= settings.Epochs)
        {
            string never = settings.Schedule == ScheduleKind.Step ? "the learning rate never steps down" : "no plateau is ever long enough";
            throw new InvalidSettingException(
                "Epochs",
                Text($"more than the {settings.StepSize} of -StepSize with -Schedule {settings.Schedule}, or {never}"),
                settings.Epochs
            );
        }
    }

    /// <summary>Returns the fraction of the peak; a plateau reduces it further.</summary>
    /// <param name="epochs">The epochs done so far, with fractions.</param>
    /// <param name="steps">The steps of an epoch: OneCycle has its peak and its end at a step.</param>
    public double At(double epochs, int steps = 1)
    {
        if (settings.Schedule == ScheduleKind.OneCycle)
        {
            return OneCycle(epochs * steps, (double)settings.Epochs * steps);
        }
        double progress = epochs / settings.Epochs;
        double warm =
            settings.WarmupEpochs > 0
                ? settings.WarmupEpochs / settings.Epochs
                : settings.Schedule switch
                {
                    ScheduleKind.Triangular => TriangleWarmUp,
                    _ => 0,
                };
        bool triangle = settings.Schedule == ScheduleKind.Triangular;
        if (progress < warm)
        {
            double first = triangle ? TriangleStart : FirstFractionOfPeak;
            return first + (1 - first) * progress / warm;
        }
        double rest = (progress - warm) / (1 - warm);
        return settings.Schedule switch
        {
            ScheduleKind.Cosine => 0.5 * (1 + Math.Cos(Math.PI * rest)),
            ScheduleKind.Triangular => 1 - (1 - TriangleEnd) * rest,
            ScheduleKind.Linear => 1 - rest,
            ScheduleKind.Step => Math.Pow(settings.Gamma, Math.Floor(epochs / settings.StepSize)),
            _ => 1,
        };
    }

    /// <summary>
    /// Returns what torch.optim.lr_scheduler.OneCycleLR gives with its defaults, of which the warm-up (pct_start) may be another: along
    /// half
    /// a cosine up to the peak, along half a cosine down to the end.
    /// </summary>
    private double OneCycle(double step, double steps)
    {
        double warm = settings.WarmupEpochs > 0 ? settings.WarmupEpochs / settings.Epochs : CycleWarmUp,
            peak = warm * steps - 1,
            last = steps - 1;
        return step <= peak && peak > 0 ? Along(FirstFractionOfPeak, 1, step / peak) : Along(1, CycleEnd, (step - peak) / (last - peak));
    }

    private static double Along(double from, double to, double fraction) => to + (from - to) / 2 * (1 + Math.Cos(Math.PI * fraction));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
