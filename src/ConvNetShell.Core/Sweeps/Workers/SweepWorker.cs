using System.Diagnostics;
using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Sweeps.Pruning;
using ConvNetShell.Core.Sweeps.Storage;
using ConvNetShell.Core.Training.Storage;

namespace ConvNetShell.Core.Sweeps.Workers;

/// <summary>
/// Claims and runs the trials of a sweep until none is left. Any number of processes may do so in one folder: a claim is a file that only
/// one of them can make, and a trial whose process is dead is claimed again with the next number.
/// </summary>
public sealed class SweepWorker
{
    private const int MostAttempts = 25;
    private static readonly TimeSpan WaitTime = TimeSpan.FromMilliseconds(300);
    private readonly SweepFolder folder;
    private readonly TrialPlanner planner;
    private readonly TrialQueue queue;
    private readonly SweepPruning pruning;
    private readonly TrialClaim claim = new(ProcessIdentity.Current(), DateTimeOffset.Now);
    private long nextCheck; // of the failures
    private bool hasFailed;

    /// <summary>Initializes a new instance of the <see cref="SweepWorker"/> class.</summary>
    /// <param name="folder">The sweep.</param>
    public SweepWorker(SweepFolder folder)
    {
        this.folder = folder;
        planner = new TrialPlanner(folder);
        queue = new TrialQueue(folder);
        pruning = new SweepPruning(folder.Definition, queue);
    }

    /// <summary>Plans the trials that do not depend on results: a grid, a random search, or the first of TPE.</summary>
    /// <exception cref="StorageException">The folder cannot be written.</exception>
    public void Plan()
    {
        try
        {
            if (folder.Plans().Count == 0)
            {
                planner.TryPlan();
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw SweepFolder.Unwritable(folder.Path, error);
        }
    }

    /// <summary>Runs trials until none is left, or too many have failed.</summary>
    /// <param name="run">Runs a trial and returns its objective; what it throws is the error of the trial, but for an
    /// <see cref="OperationCanceledException"/>, which releases it.</param>
    /// <param name="stop">Ends the worker; the present trial is released with its checkpoint.</param>
    /// <exception cref="StorageException">The folder cannot be written: the disk is full, for example. The present trial waits
    /// again.</exception>
    public void Run(Func<TrialAttempt, double> run, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(run);
        try
        {
            RunAll(run, stop);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw SweepFolder.Unwritable(folder.Path, error);
        }
    }

    private void RunAll(Func<TrialAttempt, double> run, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && !HasFailedSoon())
        {
            if (Next() is { } attempt)
            {
                Run(attempt, run, stop);
            }
            else if (IsFinished())
            {
                return;
            }
            else
            {
                stop.WaitHandle.WaitOne(WaitTime);
            }
        }
    }

    /// <summary>Returns whether more trials have failed than the sweep allows.</summary>
    /// <returns>Whether they have.</returns>
    public bool HasFailed() => folder.Definition.MaxFailures is { } most && folder.Read().Failed > most;

    /// <summary>Returns the same, asked at once after a failure of this worker's and else once a second: the sweep may be large.</summary>
    private bool HasFailedSoon()
    {
        if (nextCheck <= Stopwatch.GetTimestamp())
        {
            hasFailed = HasFailed();
            nextCheck = Stopwatch.GetTimestamp() + Stopwatch.Frequency;
        }
        return hasFailed;
    }

    private TrialAttempt? Next()
    {
        queue.Update();
        if (Promoted() is { } promoted)
        {
            return promoted;
        }
        foreach (SweepTrial trial in queue.Pending())
        {
            if (Claim(trial) is { } attempt)
            {
                return attempt;
            }
        }
        int planned = folder.Plans().Count;
        bool isMore = !planner.IsComplete(folder.Plans()) && planner.TryPlan() && folder.Plans().Count > planned;
        if (isMore)
        {
            return Next();
        }
        queue.UpdatePaused(); // by now others may have brought them further
        return Promoted();
    }

    private TrialAttempt? Promoted() => pruning.Pauses && pruning.Promote() is { } trial ? Claim(trial) : null;

    private TrialAttempt? Claim(SweepTrial trial)
    {
        int epochs = trial.Attempts == 0 ? 0 : trial.Files.Run.ReadHistory().Count;
        if (IsStuck(trial, epochs))
        {
            string text = string.Create(
                CultureInfo.InvariantCulture,
                $"The process of this trial ended {MostAttempts} times without a result or another epoch."
            );
            trial.Files.TryFinish(new TrialResult(TrialStatus.Failed, double.NaN, text, trial.Elapsed.TotalSeconds, trial.Attempts));
            return null;
        }
        bool isOurs = trial.Files.TryClaim(trial.Attempts + 1, claim with { Epochs = epochs });
        queue.Update(trial.Number);
        return isOurs ? new TrialAttempt(trial, trial.Attempts + 1, pruning) : null;
    }

    /// <summary>Returns whether the processes of the latest attempts died one after the other and the run got no further.</summary>
    private static bool IsStuck(SweepTrial trial, int epochs) =>
        trial.Attempts >= MostAttempts
        && trial.Files.ReadPause(trial.Attempts) is null
        && trial.Files.ReadClaim(trial.Attempts - MostAttempts + 1).Epochs == epochs;

    private void Run(TrialAttempt attempt, Func<TrialAttempt, double> run, CancellationToken stop)
    {
        TrialFolder files = attempt.Trial.Files;
        using var heartbeat = new Heartbeat(files.HeartbeatPath(attempt.Attempt));
        long begun = Stopwatch.GetTimestamp();
        double value = double.NaN;
        Exception? failure = null;
        try
        {
            value = run(attempt);
        }
        catch (Exception error) // whatever a user's script throws is the trial's error
        {
            failure = error;
        }
        double seconds = attempt.Trial.Elapsed.TotalSeconds + Stopwatch.GetElapsedTime(begun).TotalSeconds;
        if (stop.IsCancellationRequested || failure is OperationCanceledException)
        {
            files.WritePause(attempt.Attempt, new TrialPause(-1, double.NaN, seconds)); // released
            stop.WaitHandle.WaitOne(WaitTime); // the process is about to end
        }
        else if (failure is not null)
        {
            folder.RequireWritable(); // else it is no fault of the trial's
            files.TryFinish(new TrialResult(TrialStatus.Failed, double.NaN, failure.Message, seconds, attempt.Attempt));
            nextCheck = 0;
        }
        else if (attempt.Decision == PruningDecision.Pause)
        {
            files.WritePause(attempt.Attempt, new TrialPause(attempt.Rung, value, seconds));
        }
        else
        {
            TrialStatus status = attempt.Decision == PruningDecision.Prune ? TrialStatus.Pruned : TrialStatus.Completed;
            files.TryFinish(new TrialResult(status, value, null, seconds, attempt.Attempt));
        }
    }

    /// <summary>Returns whether nothing is left; trials that wait at a rung have then lost.</summary>
    private bool IsFinished()
    {
        queue.Update();
        if (!planner.IsComplete(folder.Plans()) || !queue.IsEmpty)
        {
            return false;
        }
        IReadOnlyList<SweepTrial> lost = queue.UpdatePaused();
        if (!queue.IsEmpty)
        {
            return false; // one continues
        }
        foreach (SweepTrial trial in lost)
        {
            trial.Files.TryFinish(new TrialResult(TrialStatus.Pruned, trial.Objective, null, trial.Elapsed.TotalSeconds, trial.Attempts));
        }
        return true;
    }
}
