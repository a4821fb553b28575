using System.Diagnostics;
using System.Globalization;
using ConvNetShell.Core.Sweeps.Storage;

namespace ConvNetShell.Benchmark;

/// <summary>
/// What sweeps cost beside their trials, through cnsh and its worker processes: the wall time and the processor time of a trial beyond its
/// work, and how much two workers of one thread each do beside one.
/// </summary>
internal static class SweepMeasurement
{
    public const int StandardTrials = 200;
    private const int SleepSeconds = 2,
        TrainedTrials = 16,
        ClockTicks = 100; // a second, of /proc

    private const string Sleeping =
        "$null = Start-Sweep -SweepPath NAME -ThrottleLimit 2 -Parameter @{ X = 1..COUNT } { Start-Sleep 2; 1 }";

    private const string Training = """
        $null = New-Network -Spec 'conv3x3x8 relu pool2 conv3x3x8 relu pool2 fc10' -InputShape 3, 32, 32 -Seed 1 |
            Start-Sweep -Dataset (Import-Dataset Shapes | Split-Dataset -PerClass 200) -Epochs EPOCHS -Setting @{ Threads = 1 } `
                -ThrottleLimit WORKERS -SweepPath NAME -Parameter @{ LearningRate = 1..COUNT | ForEach-Object { 0.001 * $_ } }
        """;

    public static int Run(int sleeping)
    {
        string home = Directory.CreateTempSubdirectory("convnetshell-benchmark-").FullName;
        try
        {
            if (sleeping > 0)
            {
                Sleep(home, sleeping);
            }
            Train(home);
            return 0;
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    private static void Sleep(string home, int trials)
    {
        (Sweep _, double start) = Measure(home, "start", Sleeping, 2);
        (Sweep sweep, double cpu) = Measure(home, "sleep", Sleeping, trials);
        double work = trials * SleepSeconds,
            overhead = ((2 * Span(sweep)) - work) / trials;
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{trials} trials of {SleepSeconds} s, 2 workers: {overhead:F3} s a trial beyond its work; {cpu:F1} s of processor time, "
                    + $"{100 * cpu / work:F1} % of the trials' time ({start:F1} s of it, to start and end)"
            )
        );
    }

    private static void Train(string home)
    {
        string script(int workers, int epochs) =>
            Training.Replace("EPOCHS", $"{epochs}", StringComparison.Ordinal).Replace("WORKERS", $"{workers}", StringComparison.Ordinal);
        (Sweep quick, _) = Measure(home, "quick", script(1, 1), TrainedTrials);
        double trained = quick.Trials.Sum(trial => trial.Run!.Elapsed.TotalSeconds);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{TrainedTrials} trainings of one epoch, 1 worker: "
                    + $"{(Span(quick) - trained) / TrainedTrials:F3} s a trial beyond its training"
            )
        );

        (Sweep one, double oneCpu) = Measure(home, "one", script(1, 40), TrainedTrials);
        (Sweep two, double twoCpu) = Measure(home, "two", script(2, 40), TrainedTrials);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{TrainedTrials} trainings of one thread: {Span(one):F1} s with 1 worker, {Span(two):F1} s with 2; "
                    + $"in the second half, when the workers' code is compiled and their data are read, "
                    + $"one ends every {Pace(one):F2} and {Pace(two):F2} s, "
                    + $"{Pace(one) / Pace(two):F2} times; processor time {oneCpu:F1} and {twoCpu:F1} s"
            )
        );
        Task<(Sweep Sweep, double)>[] pair =
        [
            .. new[] { "left", "right" }.Select(name => Task.Run(() => Measure(home, name, script(1, 40), TrainedTrials / 2))),
        ];
        double beside = pair.Average(sweep => Pace(sweep.Result.Sweep)) / pair.Length;
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"What this machine gives: two sweeps of 1 worker beside each other, which share nothing, end one every {beside:F2} s, "
                    + $"{Pace(one) / beside:F2} times"
            )
        );
    }

    /// <summary>Returns the seconds from the first claim to the last result.</summary>
    private static double Span(Sweep sweep)
    {
        DateTime[] starts = [.. sweep.Trials.Select(trial => File.GetLastWriteTimeUtc(Path.Combine(trial.Folder, "claim-1")))],
            ends = [.. sweep.Trials.Select(trial => File.GetLastWriteTimeUtc(Path.Combine(trial.Folder, "result.json")))];
        return (ends.Max() - starts.Min()).TotalSeconds;
    }

    /// <summary>Returns the seconds from one result to the next over the second half of a sweep.</summary>
    private static double Pace(Sweep sweep)
    {
        DateTime[] ends = [.. sweep.Trials.Select(trial => File.GetLastWriteTimeUtc(Path.Combine(trial.Folder, "result.json"))).Order()];
        int half = ends.Length / 2;
        return (ends[^1] - ends[half - 1]).TotalSeconds / half;
    }

    /// <summary>Runs a sweep and returns it, with the processor time of all of its processes.</summary>
    private static (Sweep Sweep, double Cpu) Measure(string home, string name, string script, int trials)
    {
        double before = ChildrenCpu();
        string command = script.Replace("NAME", name, StringComparison.Ordinal).Replace("COUNT", $"{trials}", StringComparison.Ordinal);
        string root = Path.GetFullPath(Path.Combine(ModuleBin, "..", ".."));
        var start = new ProcessStartInfo(
            "dotnet",
            [Path.Combine(root, "src", "ConvNetShell.Host", "bin", "Release", "net10.0", "cnsh.dll"), "-Command", command]
        )
        {
            WorkingDirectory = home,
            RedirectStandardOutput = true,
        };
        start.Environment["CONVNETSHELL_MODULE"] = Path.Combine(root, "ConvNetShell.psd1");
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Sweep sweep = SweepFolder.Open(Path.Combine(home, name)).Read();
        return sweep.Trials.All(trial => trial.Status == TrialStatus.Completed)
            ? (sweep, ChildrenCpu() - before)
            : throw new InvalidOperationException($"The sweep {name} failed: {sweep.Trials[0].Error} {output}");
    }

    private static string ModuleBin => (string)AppContext.GetData("ConvNetShell.NativeFolder")!;

    /// <summary>Returns the processor seconds of the processes below this one that have ended; not a number without /proc.</summary>
    private static double ChildrenCpu()
    {
        if (!OperatingSystem.IsLinux())
        {
            return double.NaN;
        }
        string stat = File.ReadAllText("/proc/self/stat");
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' '); // from the third of the manual's on
        return (fields[13].Number() + fields[14].Number()) / ClockTicks;
    }

    private static double Number(this string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
