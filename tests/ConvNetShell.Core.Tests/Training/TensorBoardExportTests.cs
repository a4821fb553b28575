using System.Buffers.Binary;
using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Training.Loop;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.Core.Training.Storage;
using ConvNetShell.Core.Training.TensorBoard;
using SkiaSharp;
using Tensorboard;

namespace ConvNetShell.Core.Tests.Training;

/// <summary>Reads the files with a reader of its own: the framing of TFRecords and a table for the checksums.</summary>
public sealed class TensorBoardExportTests : IDisposable
{
    private readonly string parent = Directory.CreateTempSubdirectory("convnetshell-events-").FullName;

    public void Dispose() => Directory.Delete(parent, recursive: true);

    [Fact]
    public void A_kept_run_is_read_back_as_it_was()
    {
        TrainingRun run = RunRecorder.Keep(RunFolder.Create(parent), null, Train);
        Event[] events = Read(TensorBoardExport.Write(Path.Combine(parent, "log"), RunStore.Read(parent)[0].ToRun(), overwrite: false));

        Assert.Equal("brain.Event:2", events[0].FileVersion);
        ILookup<string, Event> byTag = events.Skip(1).ToLookup(item => item.Summary.Value.Single().Tag);
        float[] Scalars(string tag) => [.. byTag[tag].Select(item => item.Summary.Value[0].SimpleValue)];
        Assert.Equal(run.History.Select(epoch => (float)epoch.TrainLoss), Scalars("loss/train"));
        Assert.Equal(run.History.Select(epoch => (float)epoch.ValidationAccuracy), Scalars("accuracy/validation"));
        Assert.Equal([1, 2], byTag["loss/train"].Select(item => item.Step));
        Assert.Equal(run.LearningRates.Select(step => (float)step.LearningRate), Scalars("learning_rate_by_step"));
        Assert.Equal(2, Scalars("gradient_norm/conv1").Length);
        Assert.Equal(
            run.Started.ToUnixTimeMilliseconds() + run.History[0].Elapsed.TotalMilliseconds,
            1000 * byTag["loss/train"].First().WallTime,
            tolerance: 2
        );
        Assert.Contains(
            "batch 8",
            byTag["settings"].Single().Summary.Value[0].Tensor.StringVal[0].ToStringUtf8(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Filters_are_a_histogram_and_a_picture()
    {
        TrainingRun run = Train(null);
        Event[] events = Read(TensorBoardExport.Write(parent, run, overwrite: false));

        HistogramProto histogram = Value(events, "weights/conv1").Histo;
        float[] weights =
        [
            .. Core.Networks.NetworkFilters.Get(run.Network, "conv1").SelectMany(filter => filter.Weights).Select(weight => (float)weight),
        ];
        Assert.Equal(weights.Length, histogram.Num);
        Assert.Equal(weights.Length, histogram.Bucket.Sum());
        Assert.Equal(weights.Max(), histogram.Max, 1e-6);
        Assert.Equal(weights.Sum(), histogram.Sum, 1e-4);
        Summary.Types.Image image = Value(events, "filters/conv1").Image;
        using var picture = SKBitmap.Decode(image.EncodedImageString.ToByteArray());
        Assert.Equal((image.Width, image.Height), (picture.Width, picture.Height));
        float bound = weights.Max(Math.Abs);
        Assert.Equal(Math.Round(127.5 * (1 + (weights[0] / bound))), picture.GetPixel(0, 0).Red, 1.0);
        Assert.DoesNotContain(events.Skip(1), item => item.Summary.Value[0].Tag == "filters/fc1"); // no pictures
    }

    [Fact]
    public void Events_that_are_there_are_replaced_only_when_it_is_wanted()
    {
        TrainingRun run = Train(null);
        string first = TensorBoardExport.Write(parent, run, overwrite: false);

        Assert.Equal(
            "Storage.NotEmpty",
            Assert.Throws<StorageException>(() => TensorBoardExport.Write(parent, run, overwrite: false)).ErrorId
        );
        string second = TensorBoardExport.Write(parent, run, overwrite: true);
        Assert.False(File.Exists(first));
        Assert.NotEmpty(Read(second));
    }

    [Fact]
    public void A_folder_below_a_file_cannot_be_written()
    {
        string file = Path.Combine(parent, "file");
        File.WriteAllText(file, string.Empty);

        StorageException error = Assert.Throws<StorageException>(() =>
            TensorBoardExport.Write(Path.Combine(file, "log"), Train(null), overwrite: false)
        );
        Assert.Equal("Storage.Unwritable", error.ErrorId);
    }

    private static Summary.Types.Value Value(Event[] events, string tag) =>
        Assert.Single(events.Skip(1).Select(item => item.Summary.Value[0]), value => value.Tag == tag);

    private static TrainingRun Train(Core.Training.Callbacks.ITrainingCallback? callback) =>
        Trainer.Train(
            TinyData.Network(),
            TinyData.Dataset(),
            new TrainingSettings
            {
                BatchSize = 8,
                LearningRate = 0.05,
                Epochs = 2,
                Device = "cpu",
                Precision = Precision.Float32,
            },
            callback
        );

    private static Event[] Read(string path)
    {
        ReadOnlySpan<byte> rest = File.ReadAllBytes(path);
        var events = new List<Event>();
        while (rest.Length > 0)
        {
            int length = (int)BinaryPrimitives.ReadInt64LittleEndian(rest);
            Assert.Equal(Masked(rest[..8]), BinaryPrimitives.ReadUInt32LittleEndian(rest[8..]));
            Assert.Equal(Masked(rest.Slice(12, length)), BinaryPrimitives.ReadUInt32LittleEndian(rest[(12 + length)..]));
            events.Add(Event.Parser.ParseFrom(rest.Slice(12, length).ToArray()));
            rest = rest[(16 + length)..];
        }
        return [.. events];
    }

    /// <summary>Castagnoli's checksum bit by bit, rotated by 15 and shifted, as TensorFlow's record_writer has it.</summary>
    private static uint Masked(ReadOnlySpan<byte> data)
    {
        uint crc = ~0u;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0x82f63b78 : crc >> 1;
            }
        }
        crc = ~crc;
        return ((crc >> 15) | (crc << 17)) + 0xa282ead8;
    }
}
