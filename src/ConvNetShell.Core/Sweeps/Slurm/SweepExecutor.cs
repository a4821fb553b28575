namespace ConvNetShell.Core.Sweeps.Slurm;

/// <summary>Where the trials of a sweep run.</summary>
public enum SweepExecutor
{
    /// <summary>In worker processes of this machine.</summary>
    Local,

    /// <summary>In jobs of a Slurm cluster.</summary>
    Slurm,
}
