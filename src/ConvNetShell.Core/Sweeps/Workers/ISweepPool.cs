using ConvNetShell.Core.Sweeps.Storage;

namespace ConvNetShell.Core.Sweeps.Workers;

/// <summary>Workers of a sweep, which end when it is disposed of.</summary>
public interface ISweepPool : IDisposable
{
    /// <summary>Replaces workers that are lost.</summary>
    /// <param name="sweep">The sweep as it stands.</param>
    /// <returns>Whether any worker is at work; false when all have ended.</returns>
    bool Tick(Sweep sweep);
}
