using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Display.Files;
using ConvNetShell.Display.Records.Training;

namespace ConvNetShell.Core.Training.Storage;

/// <summary>
/// The files of a kept run: run.json, history.jsonl, gradients.jsonl, rates.jsonl, heartbeat, network.cnsh and the folder checkpoints.
/// </summary>
/// <param name="path">The folder.</param>
public sealed class RunFolder(string path)
{
    /// <summary>The file with all of a run but its epochs and weights.</summary>
    public const string RecordName = "run.json";

    private const string HistoryName = "history.jsonl",
        GradientsName = "gradients.jsonl",
        RatesName = "rates.jsonl",
        HeartbeatName = "heartbeat",
        NetworkName = "network.cnsh",
        CheckpointsName = "checkpoints";

    private static readonly JsonSerializerOptions Indented = Options(isIndented: true);
    private static readonly JsonSerializerOptions Line = Options(isIndented: false);

    /// <summary>Gets the folder.</summary>
    public string Path { get; } = path;

    /// <summary>Gets the identifier of the run, which is the folder's name.</summary>
    public string Id => System.IO.Path.GetFileName(Path);

    /// <summary>Gets the file with all of the run but its epochs and weights.</summary>
    public string RecordPath => In(RecordName);

    /// <summary>Gets the file whose time of change says that the run is alive.</summary>
    public string HeartbeatPath => In(HeartbeatName);

    /// <summary>Gets the file with the final weights.</summary>
    public string NetworkPath => In(NetworkName);

    /// <summary>Gets the folder of checkpoints.</summary>
    public string CheckpointPath => In(CheckpointsName);

    /// <summary>Gets a value indicating whether the run has a checkpoint to continue from.</summary>
    public bool HasCheckpoint =>
        Directory.Exists(CheckpointPath) && Directory.EnumerateFiles(CheckpointPath, "*" + Checkpoints.CheckpointFolder.Extension).Any();

    /// <summary>Makes a folder for a new run, named after the present time.</summary>
    /// <param name="parent">The folder of runs; made if it is not there.</param>
    /// <returns>The folder.</returns>
    /// <exception cref="StorageException">It cannot be written.</exception>
    public static RunFolder Create(string parent)
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyyMMdd-HHmmss}-{Guid.NewGuid().ToString("N")[..6]}");
        var folder = new RunFolder(System.IO.Path.Combine(System.IO.Path.GetFullPath(parent), id));
        folder.Make();
        return folder;
    }

    /// <summary>Makes the folder if it is not there.</summary>
    /// <exception cref="StorageException">It cannot be written.</exception>
    public void Make()
    {
        try
        {
            Directory.CreateDirectory(Path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(
                "Storage.Unwritable",
                Path,
                $"expected a folder for runs that can be written. Received: {error.Message}",
                error
            );
        }
    }

    /// <summary>Reads the record.</summary>
    /// <returns>The record.</returns>
    /// <exception cref="StorageException">There is none, or it is not a run's.</exception>
    public RunRecord Read() => Read<RunRecord>();

    /// <summary>Reads what a list of runs shows.</summary>
    /// <exception cref="StorageException">There is no record, or it is not a run's.</exception>
    internal RunSummary ReadSummary() => Read<RunListing>().Summary();

    /// <summary>Writes the record; a reader sees the old or the new one.</summary>
    /// <param name="record">The record.</param>
    public void Write(RunRecord record) => AtomicFile.Write(RecordPath, JsonSerializer.SerializeToUtf8Bytes(record, Indented));

    /// <summary>Reads the epochs; a line that was cut short is left out.</summary>
    /// <returns>The epochs in order.</returns>
    public IReadOnlyList<EpochRecord> ReadHistory() => JsonLines.Read<EpochRecord>(In(HistoryName), Line);

    /// <summary>Reads the lengths of the layers' gradients; none where a run of an earlier version has no file.</summary>
    /// <returns>The lengths in order.</returns>
    public IReadOnlyList<LayerGradient> ReadGradients() => JsonLines.Read<LayerGradient>(In(GradientsName), Line);

    /// <summary>Appends an epoch and writes it to the disk.</summary>
    /// <param name="epoch">The epoch.</param>
    public void Append(EpochRecord epoch) => JsonLines.Append(In(HistoryName), [epoch], Line);

    /// <summary>Writes all epochs again: those of a run that continues from an earlier checkpoint.</summary>
    /// <param name="epochs">The epochs.</param>
    public void WriteHistory(IReadOnlyList<EpochRecord> epochs) => JsonLines.Write(In(HistoryName), epochs, Line);

    /// <summary>Reads the learning rate of each step, as <see cref="StepRates.Values"/> has it.</summary>
    internal double[] ReadRates() => [.. JsonLines.Read<double[]>(In(RatesName), Line).SelectMany(values => values)];

    /// <summary>Appends the gradients and the learning rates of an epoch.</summary>
    internal void Append(IReadOnlyList<LayerGradient> gradients, double[] rates)
    {
        JsonLines.Append(In(GradientsName), gradients, Line);
        JsonLines.Append(In(RatesName), Chunk(rates), Line);
    }

    /// <summary>Writes all gradients and learning rates again.</summary>
    internal void Write(IReadOnlyList<LayerGradient> gradients, double[] rates)
    {
        JsonLines.Write(In(GradientsName), gradients, Line);
        JsonLines.Write(In(RatesName), Chunk(rates), Line);
    }

    internal static JsonSerializerOptions Options(bool isIndented) =>
        new()
        {
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            Converters = { new JsonStringEnumConverter() },
            WriteIndented = isIndented,
            RespectNullableAnnotations = true,
        };

    private static double[][] Chunk(double[] rates) => rates.Length == 0 ? [] : [rates];

    private T Read<T>()
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllBytes(RecordPath), Line) ?? throw new JsonException("The file has no run.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException || error is ConvNetException)
        {
            throw new StorageException("Run.Unreadable", Path, $"expected a kept run with {RecordName}. Received: {error.Message}", error);
        }
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
