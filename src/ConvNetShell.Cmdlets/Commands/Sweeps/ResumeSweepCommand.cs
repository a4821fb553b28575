using System.Globalization;
using System.Management.Automation;
using System.Runtime.InteropServices;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Session.Sweeps;
using ConvNetShell.Core.Sweeps.Storage;
using ConvNetShell.Core.Sweeps.Workers;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Sweeps;

/// <summary>
/// Continues a sweep: finished trials are never run again, interrupted ones continue from their checkpoints. Several processes, also on
/// several machines with one file system, may work on a sweep at the same time. -WhatIf says what is left and how long it takes.
/// </summary>
/// <example>
/// <code>Resume-Sweep ./s</code>
/// Continues the trials that are left; finished ones are not run again.
/// </example>
/// <example>
/// <code>Resume-Sweep ./s -WhatIf</code>
/// Says how many trials are left.
/// </example>
/// <example><code>Resume-Sweep /shared/s -AsWorker</code>Works on the sweep in this process, beside others.</example>
[Cmdlet(VerbsLifecycle.Resume, "Sweep", SupportsShouldProcess = true, HelpUri = ProjectLinks.Help + "Resume-Sweep")]
[OutputType(typeof(Sweep))]
public sealed class ResumeSweepCommand : SweepCommand
{
    private const int TerminatedCode = 128 + 15; // of a process that SIGTERM has ended

    /// <summary>Gets or sets the folder of the sweep.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("SweepPath", "LiteralPath", "FullName")]
    public string Path { get; set; } = string.Empty;

    /// <summary>
    /// Gets or sets a value indicating whether the trials are run in this process, one after the other, until none is left. Nothing is
    /// returned.
    /// </summary>
    [Parameter]
    public SwitchParameter AsWorker { get; set; }

    /// <inheritdoc />
    protected override object? Target => Path;

    /// <inheritdoc />
    protected override void Process()
    {
        SweepFolder folder = SweepFolder.Open(FullPath(Path));
        Sweep sweep = folder.Read();
        if (!ShouldProcess(folder.Path, Left(sweep)))
        {
            return;
        }
        if (!AsWorker)
        {
            Follow(folder);
            return;
        }
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        using IDisposable? pool = WorkerPool.Join(stop);
        bool isTerminated = false;
        using var signals = PosixSignalRegistration.Create( // by Slurm, for example: the trial is released with its checkpoint
            PosixSignal.SIGTERM,
            signal =>
            {
                signal.Cancel = isTerminated = true;
                stop.Cancel();
            }
        );
        new SweepWorker(folder).Run(new TrialRunner(folder, stop.Token).Run, stop.Token);
        if (isTerminated)
        {
            Environment.Exit(TerminatedCode); // 0 would say that no trial is left
        }
    }

    private string Left(Sweep sweep)
    {
        int left = sweep.Count - sweep.Finished;
        string[] pending =
        [
            .. sweep
                .Trials.Where(trial => trial.Status == TrialStatus.Pending)
                .Select(trial => $"{trial.Number.ToString(CultureInfo.InvariantCulture)} ({trial.Parameters})"),
        ];
        string time =
            sweep.WorkLeft > TimeSpan.Zero
                ? string.Create(CultureInfo.InvariantCulture, $", about {ViewCell.Duration(sweep.WorkLeft / ThrottleLimit)}")
                : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"Run {left} {(left == 1 ? "trial" : "trials")}{time}")
            + (pending.Length == 0 ? string.Empty : $": {string.Join("; ", pending)}");
    }
}
