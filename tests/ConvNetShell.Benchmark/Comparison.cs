using System.Diagnostics;
using System.Globalization;

namespace ConvNetShell.Benchmark;

/// <summary>Runs all contenders in turn, round after round, each in a fresh process, and prints medians and ratios.</summary>
internal static class Comparison
{
    public static int Run(Options options)
    {
        var speeds = Contenders.All.ToDictionary(contender => contender, _ => new List<double>());
        for (int round = 1; round <= options.Rounds; round++)
        {
            foreach (IContender contender in Contenders.All)
            {
                speeds[contender].Add(Child(contender, options.Batch));
            }
            Console.Error.WriteLine(FormattableString.Invariant($"round {round} of {options.Rounds}"));
        }
        double ours = Median(speeds[Contenders.All[0]]);
        Console.WriteLine(FormattableString.Invariant($"CIFAR10 network, batch {options.Batch}, {Environment.ProcessorCount} cores, {options.Rounds} rounds, images/s"));
        foreach ((IContender contender, List<double> measured) in speeds)
        {
            double median = Median(measured);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{contender.Name,-18} median {median,8:F0}  min {measured.Min(),8:F0}  max {measured.Max(),8:F0}  convnetshell is {ours / median:F2} times as fast"));
        }
        return 0;
    }

    private static double Child(IContender contender, int batch)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
            ArgumentList = { "-Contender", contender.Name, "-Batch", batch.ToString(CultureInfo.InvariantCulture) },
        };
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
