using System.Globalization;
using ConvNetShell.Core.Compute.Native;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Compute;

/// <summary>Sets the threads libtorch computes with, and puts the number back when disposed of.</summary>
internal sealed class ThreadLimit : IDisposable
{
    private const string Variable = "OMP_NUM_THREADS";
    private const string Processors = "/sys/devices/system/cpu";
    private readonly int before = ThreadsNow();

    /// <param name="threads">
    /// The threads; 0 for one each physical core, or what OMP_NUM_THREADS says. More than the processors are reduced to them: such threads
    /// wait for each other most of the time.
    /// </param>
    public ThreadLimit(int threads)
    {
        Count = threads > 0 ? Math.Min(threads, Environment.ProcessorCount) : Default();
        if (Count != before)
        {
            set_num_threads(Count);
        }
    }

    /// <summary>Gets the number that <c>new ThreadLimit(0)</c> has, without opening libtorch for it.</summary>
    public static int Usual =>
        int.TryParse(
            (Environment.GetEnvironmentVariable(Variable) ?? string.Empty).Split(',')[0], // a number for each level of nesting
            NumberStyles.Integer,
            CultureInfo.InvariantCulture,
            out int wanted
        )
        && wanted > 0
            ? wanted
            : PhysicalCores();

    /// <summary>Gets the number of threads.</summary>
    public int Count { get; }

    /// <inheritdoc />
    public void Dispose()
    {
        if (Count != before)
        {
            set_num_threads(before);
        }
    }

    private static int ThreadsNow()
    {
        TorchLibrary.Open();
        return get_num_threads();
    }

    /// <summary>The default, kept here because libtorch's own number may be the choice of a training in another runspace.</summary>
    private int Default() => Environment.GetEnvironmentVariable(Variable) is null ? PhysicalCores() : before;

    /// <summary>Counts physical cores on Linux, by the lists of sibling threads; elsewhere every logical processor counts.</summary>
    private static int PhysicalCores()
    {
        if (!OperatingSystem.IsLinux() || !Directory.Exists(Processors))
        {
            return Environment.ProcessorCount;
        }
        string[] siblings =
        [
            .. Directory
                .EnumerateDirectories(Processors, "cpu*")
                .Where(folder => int.TryParse(Path.GetFileName(folder)[3..], NumberStyles.None, CultureInfo.InvariantCulture, out _))
                .Select(folder => Path.Combine(folder, "topology", "thread_siblings_list"))
                .Where(File.Exists)
                .Select(File.ReadAllText),
        ];
        int cores = siblings.Distinct(StringComparer.Ordinal).Count();
        return cores == 0 ? Environment.ProcessorCount : Math.Max(1, Math.Min(cores, Environment.ProcessorCount));
    }
}
