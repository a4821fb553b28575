using System.Globalization;
using System.Text.RegularExpressions;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Sweeps.Slurm;

/// <summary>What a job of a sweep asks Slurm for.</summary>
public sealed partial record SlurmOptions
{
    /// <summary>The option of sbatch for the cores of a job.</summary>
    public const string CoresOption = "cpus-per-task";

    private static readonly string[] Ours = ["array", "parsable", "wrap", "job-name", "open-mode", "requeue", "no-requeue"];

    /// <summary>Gets the partition; <see langword="null"/> for the cluster's default.</summary>
    public string? Partition { get; init; }

    /// <summary>Gets the GPUs of a job, which has one trial at a time. Default: 0.</summary>
    public int Gpus { get; init; }

    /// <summary>Gets the processor cores of a job.</summary>
    public int Cores { get; init; } = 1;

    /// <summary>Gets the time after which Slurm ends a job; its trial continues in another one. Default: the partition's.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Gets further options of sbatch by their long names; an empty value is an option without one.</summary>
    public IReadOnlyDictionary<string, string> Further { get; init; } = new Dictionary<string, string>();

    /// <summary>Checks the options, and that this machine has Slurm's programs.</summary>
    /// <exception cref="InvalidSettingException">One is out of range, or belongs to the sweep.</exception>
    /// <exception cref="SchedulerException">There is no sbatch.</exception>
    public void Check()
    {
        _ = SlurmCommand.Run("sbatch", ["--version"], out _);
        if (Gpus is < 0 or > 64)
        {
            throw new InvalidSettingException("GpusPerTrial", "from 0 to 64", Gpus);
        }
        if (TimeLimit is { } limit && limit < TimeSpan.FromMinutes(1))
        {
            throw new InvalidSettingException("TimeLimit", "one minute or more, as Slurm counts minutes", limit);
        }
        if (Further.Keys.FirstOrDefault(name => !Name().IsMatch(name) || Ours.Contains(name)) is { } wrong)
        {
            throw new InvalidSettingException(
                "SbatchOption",
                $"long names of sbatch's options without dashes before them, except {string.Join(", ", Ours)}",
                wrong
            );
        }
    }

    /// <summary>Returns sbatch's arguments for these options.</summary>
    internal IEnumerable<string> Arguments()
    {
        if (Partition is not null)
        {
            yield return $"--partition={Partition}";
        }
        if (Gpus > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"--gpus-per-node={Gpus}");
        }
        if (!Further.ContainsKey(CoresOption))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"--{CoresOption}={Cores}");
        }
        if (TimeLimit is { } limit)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"--time={(int)limit.TotalDays}-{limit.Hours:00}:{limit.Minutes:00}:{limit.Seconds:00}"
            );
        }
        foreach ((string name, string value) in Further)
        {
            yield return value.Length == 0 ? $"--{name}" : $"--{name}={value}";
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9-]*$")]
    private static partial Regex Name();
}
