using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Display.Files;
using ConvNetShell.Display.Records.Training;
using ConvNetShell.Display.Records.Understanding;
using Google.Protobuf;
using Tensorboard;

namespace ConvNetShell.Core.Training.TensorBoard;

/// <summary>Writes runs as files of events for TensorBoard.</summary>
public static class TensorBoardExport
{
    private const string Files = "events.out.tfevents.*";

    /// <summary>
    /// Writes a run: figures by epoch, the learning rate by step, the gradients of the layers by epoch, the settings, and of each layer
    /// with filters a histogram and, where they are pictures, a picture of them.
    /// </summary>
    /// <param name="folder">The folder of the run; made if it is not there.</param>
    /// <param name="run">The run; one that is under way is written as it stands.</param>
    /// <param name="overwrite">Whether events that are there are replaced.</param>
    /// <returns>The file.</returns>
    /// <exception cref="StorageException">The folder cannot be written, or has events.</exception>
    public static string Write(string folder, TrainingRun run, bool overwrite)
    {
        ArgumentNullException.ThrowIfNull(run);
        try
        {
            Directory.CreateDirectory(folder);
            string[] old = Directory.GetFiles(folder, Files);
            if (old.Length > 0 && !overwrite)
            {
                throw new StorageException(
                    "Storage.NotEmpty",
                    folder,
                    $"expected a folder without events. Received: {Path.GetFileName(old[0])}. -Force replaces them."
                );
            }
            string name = string.Create(
                CultureInfo.InvariantCulture,
                $"{Files.TrimEnd('*')}{run.Started.ToUnixTimeSeconds()}.{Environment.MachineName}.{Environment.ProcessId}"
                    + $".{Guid.NewGuid().ToString("N")[..8]}"
            );
            string path = Path.Combine(folder, name);
            AtomicFile.Write(path, Events(run).Content);
            foreach (string file in old)
            {
                File.Delete(file);
            }
            return path;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(
                "Storage.Unwritable",
                folder,
                $"expected a folder that can be written. Received: {error.Message}",
                error
            );
        }
    }

    private static EventFile Events(TrainingRun run)
    {
        var events = new EventFile(run.Started);
        Dictionary<int, DateTimeOffset> ends = run.History.ToDictionary(epoch => epoch.Epoch, epoch => run.Started + epoch.Elapsed);
        foreach (EpochRecord epoch in run.History)
        {
            void Scalar(string tag, double value) => events.AddScalar(tag, epoch.Epoch, ends[epoch.Epoch], value);
            Scalar("loss/train", epoch.TrainLoss);
            Scalar("loss/validation", epoch.ValidationLoss);
            Scalar("accuracy/train", epoch.TrainAccuracy);
            Scalar("accuracy/validation", epoch.ValidationAccuracy);
            Scalar("learning_rate", epoch.LearningRate);
            Scalar("gradient_norm/all", epoch.GradientNorm);
            Scalar("images_per_second", epoch.ImagesPerSecond);
        }
        foreach (LayerGradient gradient in run.LayerGradients)
        {
            events.AddScalar(
                $"gradient_norm/{gradient.Layer}",
                gradient.Epoch,
                ends.GetValueOrDefault(gradient.Epoch, run.Started),
                gradient.GradientNorm
            );
        }
        foreach (StepLearningRate step in run.LearningRates)
        {
            events.AddScalar("learning_rate_by_step", step.Step, ends.GetValueOrDefault(step.Epoch, run.Started), step.LearningRate);
        }
        DateTimeOffset end = run.Started + run.Elapsed;
        events.Add(0, run.Started, Text("settings", $"{run.Settings}"));
        Filters(events, run.Network, run.Best?.Epoch ?? run.History.Count, end);
        return events;
    }

    private static void Filters(EventFile events, Network network, int step, DateTimeOffset at)
    {
        foreach (NetworkLayer layer in network.Plan.AllLayers.Where(NetworkFilters.HasFilters))
        {
            IReadOnlyList<LayerFilter> filters = NetworkFilters.Get(network, layer.Name);
            if (WeightHistogram.Of(filters.SelectMany(filter => filter.Weights)) is { } histogram)
            {
                events.Add(step, at, new Summary.Types.Value { Tag = $"weights/{layer.Name}", Histo = histogram });
            }
            if (FilterSheet.Draw(filters) is { } image)
            {
                events.Add(step, at, new Summary.Types.Value { Tag = $"filters/{layer.Name}", Image = image });
            }
        }
    }

    private static Summary.Types.Value Text(string tag, string text) =>
        new()
        {
            Tag = tag,
            Metadata = new SummaryMetadata { PluginData = new SummaryMetadata.Types.PluginData { PluginName = "text" } },
            Tensor = new TensorProto { Dtype = DataType.DtString, StringVal = { ByteString.CopyFromUtf8(text) } },
        };
}
