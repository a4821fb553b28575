namespace ConvNetShell.Core.Training.Callbacks;

/// <summary>
/// The exponential average of loss and accuracy over the steps of a run, corrected for its start, as fastai's recorder draws them:
/// https://docs.fast.ai/learner.html#Recorder. Unlike the means of an epoch so far, it has no jump where an epoch begins.
/// </summary>
public sealed class SmoothedSteps
{
    private const double Decay = 0.98; // a step
    private (int Epoch, int Step, double Loss, double Accuracy) last;
    private (double Loss, double Accuracy) sum;
    private double weight;

    /// <summary>Adds the steps since the last call.</summary>
    /// <param name="progress">Where the run stands, with the means of its epoch so far.</param>
    /// <returns>The averages.</returns>
    public (double Loss, double Accuracy) Add(StepProgress progress)
    {
        if (last.Epoch != progress.Epoch)
        {
            last = (progress.Epoch, 0, 0, 0);
        }
        int steps = progress.Step - last.Step;
        if (steps > 0)
        {
            double kept = Math.Pow(Decay, steps);
            double Mean(double now, double before) => ((now * progress.Step) - (before * last.Step)) / steps;
            sum.Loss = (kept * sum.Loss) + ((1 - kept) * Mean(progress.Loss, last.Loss));
            sum.Accuracy = (kept * sum.Accuracy) + ((1 - kept) * Mean(progress.Accuracy, last.Accuracy));
            weight = (kept * weight) + 1 - kept;
            last = (progress.Epoch, progress.Step, progress.Loss, progress.Accuracy);
        }
        return (sum.Loss / weight, sum.Accuracy / weight);
    }
}
