using System.Globalization;
using ConvNetShell.Benchmark;
using ConvNetShell.Benchmark.Contenders;
using ConvNetShell.Core.Tests.Sweeps;

// Without arguments: every contender in turn, each round in processes of its own, medians and ratios at the end. Peers that are not on the
// machine are named and left out.
//   dotnet run -c Release --project tests/ConvNetShell.Benchmark -- [-Network CIFAR10,ResNet20] [-Batch 64,128,256] [-Rounds 5]
//     [-Python PATH]
// With -Predict beside these: prediction instead of training, against ONNX Runtime.
// With -Search: our TPE against Optuna's (apt-get install python3-optuna) and random search, on Branin and Hartmann-6; a number after it is
// that of the seeds, 20 without.
// With -Sweeps: what sweeps cost beside their trials; a number after it is that of the sleeping trials (200 without; 0 for none).
// With -Contender: one measurement in this process, which prints images a second.
if (args is ["-Search", ..])
{
    return SearchComparison.Run(Count(SearchProblem.StandardSeeds));
}
if (args is ["-Sweeps", ..])
{
    return SweepMeasurement.Run(Count(SweepMeasurement.StandardTrials));
}
Options options = Options.Parse(args);
if (options.Contender is string name)
{
    IContender contender = ContenderList.For(options).First(contender => contender.Name == name);
    Console.WriteLine(FormattableString.Invariant($"{contender.Measure(new Workload(options.Networks[0], options.Batches[0])):F1}"));
    return 0;
}
return Comparison.Run(options);

int Count(int standard) => args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : standard;
