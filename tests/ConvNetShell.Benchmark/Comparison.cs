using System.Diagnostics;
using System.Globalization;
using ConvNetShell.Benchmark.Contenders;

namespace ConvNetShell.Benchmark;

/// <summary>
/// Runs all contenders in turn, network after network, batch size after batch size and round after round, each in a
/// fresh process, and prints medians and ratios.
/// </summary>
internal static class Comparison
{
    public static int Run(Options options)
    {
        Workload[] works = [.. options.Networks.SelectMany(network => options.Batches.Select(batch => new Workload(network, batch)))];
        IReadOnlyList<IContender> all = ContenderList.For(options);
        var speeds = new Dictionary<(Workload Work, IContender Contender), List<double>>();
        foreach (Workload work in works)
        {
            foreach (IContender contender in all)
            {
                if (contender.Missing(work) is { } missing)
                {
                    Console.WriteLine($"{contender.Name} is left out of {work}: {missing}");
                }
                else
                {
                    speeds[(work, contender)] = [];
                }
            }
        }
        for (int round = 1; round <= options.Rounds; round++)
        {
            foreach ((Workload work, IContender contender) in speeds.Keys)
            {
                speeds[(work, contender)].Add(Child(contender, work, options));
            }
            Console.Error.WriteLine(FormattableString.Invariant($"round {round} of {options.Rounds}"));
        }
        foreach (Workload work in works)
        {
            Console.WriteLine(
                FormattableString.Invariant($"{work}, {Environment.ProcessorCount} cores, {options.Rounds} rounds, images/s")
            );
            double ours = Median(speeds[(work, all[0])]);
            foreach (IContender contender in all.Where(contender => speeds.ContainsKey((work, contender))))
            {
                List<double> measured = speeds[(work, contender)];
                Console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"  {contender.Name.PadRight(22)} median {Figure(Median(measured))}  min {Figure(measured.Min())}  max "
                            + $"{Figure(measured.Max())}  {all[0].Name} is {ours / Median(measured):F2} times as fast"
                    )
                );
            }
        }
        return 0;
    }

    private static string Figure(double speed) => speed.ToString("F0", CultureInfo.InvariantCulture).PadLeft(8);

    private static double Child(IContender contender, Workload work, Options options)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
            ArgumentList =
            {
                "-Contender",
                contender.Name,
                "-Network",
                work.Network,
                "-Batch",
                work.Batch.ToString(CultureInfo.InvariantCulture),
            },
        };
        if (options.Python is not null)
        {
            start.ArgumentList.Add("-Python");
            start.ArgumentList.Add(options.Python);
        }
        if (options.Predict)
        {
            start.ArgumentList.Add("-Predict");
        }
        start.Environment["CONVNETSHELL_MALLOC"] = contender.TunedAllocator ? "1" : "0";
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? double.Parse(output, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"{contender.Name} ended with {process.ExitCode}: {output}");
    }

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
