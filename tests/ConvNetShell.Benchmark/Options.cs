using System.Globalization;

namespace ConvNetShell.Benchmark;

/// <summary>What the command line asks for.</summary>
internal sealed record Options(string[] Networks, int[] Batches, int Rounds, string? Contender, string? Python, bool Predict)
{
    private const string PredictWord = "-Predict";

    public static Options Parse(string[] args)
    {
        var options = new Options(
            Networks: [Workload.ByHand],
            Batches: [128],
            Rounds: 5,
            Contender: null,
            Python: null,
            Predict: args.Contains(PredictWord)
        );
        args = [.. args.Where(word => word != PredictWord)];
        for (int i = 0; i < args.Length; i += 2)
        {
            string value = i + 1 < args.Length ? args[i + 1] : throw new ArgumentException($"{args[i]} needs a value");
            options = args[i] switch
            {
                "-Network" => options with { Networks = value.Split(',') },
                "-Batch" => options with
                {
                    Batches = [.. value.Split(',').Select(batch => int.Parse(batch, CultureInfo.InvariantCulture))],
                },
                "-Rounds" => options with { Rounds = int.Parse(value, CultureInfo.InvariantCulture) },
                "-Contender" => options with { Contender = value },
                "-Python" => options with { Python = value },
                _ => throw new ArgumentException(
                    $"expected -Network, -Batch, -Rounds, -Python, -Predict or -Contender. Received: {args[i]}"
                ),
            };
        }
        return options;
    }
}
