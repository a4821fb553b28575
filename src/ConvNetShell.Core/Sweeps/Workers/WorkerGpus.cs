using System.Globalization;
using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Compute.Native;

namespace ConvNetShell.Core.Sweeps.Workers;

/// <summary>Divides the GPUs of a machine among workers.</summary>
public static class WorkerGpus
{
    /// <summary>The environment variable with the GPUs that a process may use.</summary>
    public const string Variable = "CUDA_VISIBLE_DEVICES";

    /// <summary>Returns the GPUs that this process may use, as the variable names them.</summary>
    /// <returns>Their numbers or identifiers; none without a GPU.</returns>
    public static IReadOnlyList<string> Find()
    {
        if (!TorchFolder.Find(Environment.GetEnvironmentVariable(TorchFolder.Variable)).HasCuda)
        {
            return []; // known without a second of work for opening libtorch, which a sweep itself has no use for
        }
        int count = ComputeDevice.Names().Count(name => name.StartsWith("cuda", StringComparison.Ordinal));
        string[] named = (Environment.GetEnvironmentVariable(Variable) ?? string.Empty).Split(
            ',',
            StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
        );
        return named.Length >= count
            ? named[..count]
            : [.. Enumerable.Range(0, count).Select(index => index.ToString(CultureInfo.InvariantCulture))];
    }

    /// <summary>Returns the GPUs of a worker: as equal a number for each as there can be, at least one.</summary>
    /// <param name="gpus">All GPUs.</param>
    /// <param name="worker">The worker, from 0.</param>
    /// <param name="workers">The number of workers.</param>
    /// <returns>The value of the variable; <see langword="null"/> without a GPU.</returns>
    public static string? Of(IReadOnlyList<string> gpus, int worker, int workers)
    {
        ArgumentNullException.ThrowIfNull(gpus);
        return gpus.Count == 0 ? null
            : gpus.Count <= workers ? gpus[worker % gpus.Count]
            : string.Join(',', gpus.Where((_, index) => index % workers == worker));
    }
}
