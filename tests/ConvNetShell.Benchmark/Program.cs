using ConvNetShell.Benchmark;

// Without arguments: every contender in turn, each round in processes of its own, medians and ratios at the end. Peers that are not on the
// machine are named and left out.
//   dotnet run -c Release --project tests/ConvNetShell.Benchmark -- [-Batch 64,128,256] [-Rounds 5]
// With -Search: our TPE against Optuna's (apt-get install python3-optuna) and random search, on Branin and Hartmann-6.
// With -Contender: one measurement in this process, which prints images a second.
if (args is ["-Search"])
{
    return SearchComparison.Run();
}
Options options = Options.Parse(args);
if (options.Contender is string name)
{
    Console.WriteLine(FormattableString.Invariant($"{Contenders.Find(name).Measure(options.Batches[0]):F1}"));
    return 0;
}
return Comparison.Run(options);
