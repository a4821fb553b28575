using System.Globalization;

namespace ConvNetShell.Benchmark;

/// <summary>What the command line asks for.</summary>
internal sealed record Options(int[] Batches, int Rounds, string? Contender)
{
    public static Options Parse(string[] args)
    {
        var options = new Options(Batches: [128], Rounds: 5, Contender: null);
        for (int i = 0; i < args.Length; i += 2)
        {
            string value = i + 1 < args.Length ? args[i + 1] : throw new ArgumentException($"{args[i]} needs a value");
            options = args[i] switch
            {
                "-Batch" => options with
                {
                    Batches = [.. value.Split(',').Select(batch => int.Parse(batch, CultureInfo.InvariantCulture))],
                },
                "-Rounds" => options with { Rounds = int.Parse(value, CultureInfo.InvariantCulture) },
                "-Contender" => options with { Contender = value },
                _ => throw new ArgumentException($"expected -Batch, -Rounds or -Contender. Received: {args[i]}"),
            };
        }
        return options;
    }
}
