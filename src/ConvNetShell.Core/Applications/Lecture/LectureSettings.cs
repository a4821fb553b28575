using ConvNetShell.Core.Training.Settings;

namespace ConvNetShell.Core.Applications.Lecture;

/// <summary>The settings that may be changed while a lecture's network trains; each is effective at the next batch.</summary>
/// <param name="LearningRate">The learning rate, above 0.</param>
/// <param name="Momentum">The momentum, from 0 to less than 1.</param>
/// <param name="BatchSize">The images in a step, 1 or more; at most the training images are used.</param>
/// <param name="WeightDecay">The weight decay, 0 or more.</param>
public sealed record LectureSettings(double LearningRate, double Momentum, int BatchSize, double WeightDecay)
{
    /// <summary>Returns the settings of a run.</summary>
    internal static LectureSettings Of(TrainingSettings settings) =>
        new(settings.LearningRate, settings.Momentum, settings.BatchSize, settings.WeightDecay);

    /// <summary>Returns a run's settings with these.</summary>
    /// <exception cref="Errors.InvalidSettingException">One is out of its bounds.</exception>
    internal TrainingSettings ApplyTo(TrainingSettings settings) =>
        settings with
        {
            LearningRate = LearningRate,
            Momentum = Momentum,
            BatchSize = BatchSize,
            WeightDecay = WeightDecay,
        };
}
