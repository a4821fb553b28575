using ConvNetShell.Display.Records.Training;

namespace ConvNetShell.Core.Training.Runs;

/// <summary>The learning rate of each step of a run, in little memory; another thread may read it while the run adds to it.</summary>
internal sealed class StepRates
{
    /// <summary>The numbers of a step: epoch and rate.</summary>
    public const int Columns = 2;
    private readonly Lock gate = new();
    private readonly List<double> values = [];

    /// <summary>Gets the numbers that a checkpoint keeps: epoch and rate of each step.</summary>
    public double[] Values
    {
        get
        {
            lock (gate)
            {
                return [.. values];
            }
        }
    }

    /// <summary>Adds a step.</summary>
    public void Add(int epoch, double rate)
    {
        lock (gate)
        {
            values.Add(epoch);
            values.Add(rate);
        }
    }

    /// <summary>Takes over the numbers of a checkpoint.</summary>
    public void Restore(double[] stored)
    {
        lock (gate)
        {
            values.Clear();
            values.AddRange(stored);
        }
    }

    /// <summary>Returns one record for each step.</summary>
    public IReadOnlyList<StepLearningRate> ToRecords() => ToRecords(Values);

    /// <summary>Returns one record for each step of stored numbers.</summary>
    public static IReadOnlyList<StepLearningRate> ToRecords(double[] values) =>
        (StepLearningRate[])[.. values.Chunk(Columns).Select((pair, index) => new StepLearningRate(index + 1, (int)pair[0], pair[1]))];
}
