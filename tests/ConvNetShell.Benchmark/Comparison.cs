using System.Diagnostics;
using System.Globalization;

namespace ConvNetShell.Benchmark;

/// <summary>
/// Runs all contenders in turn, batch size after batch size and round after round, each in a fresh process, and prints medians and ratios.
/// </summary>
internal static class Comparison
{
    public static int Run(Options options)
    {
        var here = new List<IContender>();
        foreach (IContender contender in Contenders.All)
        {
            string? missing = contender.Missing();
            if (missing is null)
            {
                here.Add(contender);
            }
            else
            {
                Console.WriteLine($"{contender.Name} is left out: {missing}");
            }
        }
        var speeds = options
            .Batches.SelectMany(batch => here.Select(contender => (batch, contender)))
            .ToDictionary(pair => pair, _ => new List<double>());
        for (int round = 1; round <= options.Rounds; round++)
        {
            foreach ((int batch, IContender contender) in speeds.Keys)
            {
                speeds[(batch, contender)].Add(Child(contender, batch));
            }
            Console.Error.WriteLine(FormattableString.Invariant($"round {round} of {options.Rounds}"));
        }
        foreach (int batch in options.Batches)
        {
            Console.WriteLine(
                FormattableString.Invariant(
                    $"CIFAR10 network, batch {batch}, {Environment.ProcessorCount} cores, {options.Rounds} rounds, images/s"
                )
            );
            double ours = Median(speeds[(batch, here[0])]);
            foreach (IContender contender in here)
            {
                List<double> measured = speeds[(batch, contender)];
                Console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"  {contender.Name.PadRight(22)} median {Figure(Median(measured))}  min {Figure(measured.Min())}  max "
                            + $"{Figure(measured.Max())}  convnetshell is {ours / Median(measured):F2} times as fast"
                    )
                );
            }
        }
        return 0;
    }

    private static string Figure(double speed) => speed.ToString("F0", CultureInfo.InvariantCulture).PadLeft(8);

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
