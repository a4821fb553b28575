using System.Globalization;

namespace ConvNetShell.Core.Training.Runs;

/// <summary>Names the run whose weights another run began with.</summary>
/// <param name="Id">The run's number in its session; 0 where it had none.</param>
/// <param name="Name">The run's name.</param>
/// <param name="Epoch">The epoch the weights are of; <see langword="null"/> where the run had finished none.</param>
/// <param name="Checkpoint">The file that run was saved in last, or <see langword="null"/>.</param>
public sealed record RunReference(int Id, string Name, int? Epoch, string? Checkpoint)
{
    /// <summary>Returns a reference to a run as it is now.</summary>
    /// <param name="run">The run.</param>
    /// <returns>The reference.</returns>
    public static RunReference To(TrainingRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        int? epoch = run.Settings.KeepLast ? run.History.LastOrDefault()?.Epoch : run.Best?.Epoch;
        return new RunReference(run.Id, run.Name, epoch, run.Checkpoint);
    }

    /// <summary>Says the run and the epoch.</summary>
    /// <returns>For example <c>run 3 (CIFAR10-3), epoch 5</c>.</returns>
    public override string ToString()
    {
        string run = Id > 0 ? string.Create(CultureInfo.InvariantCulture, $"run {Id} ({Name})") : $"run {Name}";
        return Epoch is int epoch ? string.Create(CultureInfo.InvariantCulture, $"{run}, epoch {epoch}") : run;
    }
}
