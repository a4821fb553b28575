using ConvNetShell.Core.Training.Runs;

namespace ConvNetShell.Core.Training.Storage;

/// <summary>What a list of runs shows of one; the index has these.</summary>
internal sealed record RunSummary(
    string Name,
    string Network,
    string Dataset,
    RunStatus Status,
    int Epochs,
    int EpochLimit,
    int BestEpoch,
    double BestAccuracy,
    double BestLoss,
    TimeSpan Elapsed,
    DateTimeOffset Started,
    int Seed,
    string Note,
    IReadOnlyList<string> Tags
)
{
    /// <summary>Reads a summary of <see cref="Write"/>.</summary>
    public static RunSummary Read(BinaryReader reader) =>
        new(
            reader.ReadString(),
            reader.ReadString(),
            reader.ReadString(),
            (RunStatus)reader.ReadByte(),
            reader.ReadInt32(),
            reader.ReadInt32(),
            reader.ReadInt32(),
            reader.ReadDouble(),
            reader.ReadDouble(),
            new TimeSpan(reader.ReadInt64()),
            new DateTimeOffset(reader.ReadInt64(), new TimeSpan(reader.ReadInt64())),
            reader.ReadInt32(),
            reader.ReadString(),
            [.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => reader.ReadString())]
        );

    /// <summary>Writes the summary.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(Name);
        writer.Write(Network);
        writer.Write(Dataset);
        writer.Write((byte)Status);
        writer.Write(Epochs);
        writer.Write(EpochLimit);
        writer.Write(BestEpoch);
        writer.Write(BestAccuracy);
        writer.Write(BestLoss);
        writer.Write(Elapsed.Ticks);
        writer.Write(Started.Ticks);
        writer.Write(Started.Offset.Ticks);
        writer.Write(Seed);
        writer.Write(Note);
        writer.Write(Tags.Count);
        foreach (string tag in Tags)
        {
            writer.Write(tag);
        }
    }
}
