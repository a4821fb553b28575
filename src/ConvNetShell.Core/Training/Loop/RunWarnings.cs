using System.Globalization;
using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Training.Callbacks;
using ConvNetShell.Core.Training.Runs;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training.Loop;

/// <summary>Warns about unusual runs, once for each reason.</summary>
/// <param name="run">The run.</param>
/// <param name="device">Where it computes.</param>
/// <param name="callback">Receives the warnings.</param>
internal sealed class RunWarnings(TrainingRun run, Device device, ITrainingCallback callback)
{
    private const double FarAbove = 1.5,
        FarBelow = 0.5; // of ln(classes)
    private readonly CpuContention cores = new();

    /// <summary>Looks at the loss of a run's first step.</summary>
    public void AfterFirstStep(double loss)
    {
        double chance = Math.Log(run.Dataset.Classes.Count);
        if (run.IsFirstTraining && run.Settings.LearnsClasses && (loss > FarAbove * chance || loss < FarBelow * chance))
        {
            callback.OnWarning(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The first loss is {loss:F3}; a random guess has ln({run.Dataset.Classes.Count}) = "
                        + $"{chance:F3}. Check the initial weights and the scale of the last layer."
                )
            );
        }
    }

    /// <summary>
    /// Looks at whether other programs kept the run from the cores. Parts of a batch that compute alone sleep where they wait for each
    /// other, so they are not slowed down much.
    /// </summary>
    /// <param name="batch">The images in a batch.</param>
    public void AfterEpoch(int batch)
    {
        bool meetsOften =
            device.type == TorchSharp.DeviceType.CPU
            && run.Settings.Threads / DataParallelStep.Parts(run.Network, run.Settings, device, batch) > 1;
        if (meetsOften && cores.Warning(run.Settings.Threads) is string busy)
        {
            callback.OnWarning(busy);
        }
    }

    /// <summary>Says that a run which is resumed had come to its end, and how it goes on.</summary>
    /// <param name="reason">The reason of the end.</param>
    /// <param name="state">Where it stands.</param>
    public void EndedBefore(StopReason reason, TrainingState state) =>
        callback.OnWarning(
            reason switch
            {
                StopReason.Patience => string.Create(
                    CultureInfo.InvariantCulture,
                    $"The run had ended: "
                        + $"{(run.Settings.Patience == 1 ? "1 epoch was" : $"{run.Settings.Patience} epochs were")} no better than "
                        + $"epoch {run.Best?.Epoch}. Use another -Patience to continue it (0: no limit)."
                ),
                StopReason.Epochs => string.Create(
                    CultureInfo.InvariantCulture,
                    $"Nothing was trained: the run has {Done(state)} already, and -Epochs {run.Settings.Epochs} is the number "
                        + $"of epochs of the whole run. Use a larger -Epochs to continue it."
                ),
                _ => "The run had ended: its network has memorized its few batches.",
            }
        );

    /// <summary>Warns if a run on a few batches did not memorize them.</summary>
    public void AfterRun()
    {
        if (run.StopReason is not (StopReason.Interrupt or StopReason.Request) && Overfitting.Failure(run) is string failure)
        {
            callback.OnWarning(failure);
        }
    }

    private static string Done(TrainingState state)
    {
        string epochs = FormattableString.Invariant($"{state.Epoch - 1} {(state.Epoch == 2 ? "epoch" : "epochs")}");
        return state.Step == 0 ? epochs : FormattableString.Invariant($"{epochs} and {state.Step} steps of the next");
    }
}
