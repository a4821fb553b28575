using System.Globalization;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Training.Runs;

/// <summary>The loss stopped being a finite number, so that every further step would be void.</summary>
/// <param name="run">The run so far, with its history and its best weights.</param>
/// <param name="epoch">The epoch, from 1.</param>
/// <param name="step">The step within the epoch, from 1.</param>
/// <param name="loss">The loss that came.</param>
/// <param name="where">Which layer is the first whose numbers are not finite; empty where that is not known.</param>
public sealed class NonFiniteLossException(TrainingRun run, int epoch, int step, double loss, string where = "")
    : ConvNetException(
        "Training.NonFinite",
        string.Create(
            CultureInfo.InvariantCulture,
            $"Training ended at epoch {epoch}, step {step}: expected a finite loss. Received: {loss}. "
        )
            + (where.Length == 0 ? where : where + " ")
            + string.Create(
                CultureInfo.InvariantCulture,
                $"Try a learning rate below {run.Settings.LearningRate}, and check the data for NaN."
            )
    )
{
    /// <summary>Gets the run so far.</summary>
    public TrainingRun Run { get; } = run;

    /// <summary>Gets the epoch, from 1.</summary>
    public int Epoch { get; } = epoch;

    /// <summary>Gets the step within the epoch, from 1.</summary>
    public int Step { get; } = step;
}
