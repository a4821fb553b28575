using System.Collections.Concurrent;
using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Data.Batches;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference.Metrics;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Display.Records.Data;
using ConvNetShell.Display.Records.Evaluation;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Inference;

/// <summary>Predicts the classes of images.</summary>
public static class Predictor
{
    private const int BatchSize = 128;
    private const int EnoughForThreads = 32; // images

    /// <summary>
    /// Returns the most probable classes of each image, the images in order and rank 1 first. Equal probabilities are ranked by
    /// the lower class index. A network that was never trained can be asked too: its input is then normalized with mean 0.5 and
    /// deviation 0.25, and its classes are called 0, 1, 2.
    /// </summary>
    /// <param name="network">The network; it is moved to the device.</param>
    /// <param name="images">The images, all of the network's input shape.</param>
    /// <param name="top">How many classes an image; all of them where there are fewer.</param>
    /// <param name="device">auto, cpu, cuda, cuda:1 or mps.</param>
    /// <param name="stop">Ends the work after the present batch.</param>
    /// <param name="temperature">What the outputs are divided by before the softmax, above 0.</param>
    /// <param name="augment">The views of an image that the outputs are averaged over.</param>
    /// <returns>One prediction for each image and rank.</returns>
    /// <exception cref="ShapeMismatchException">An image does not fit the network, or the network gives no vector.</exception>
    /// <exception cref="InvalidSettingException"><paramref name="top"/> is below 1, the temperature is not above 0, or the device does not
    /// exist.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static IReadOnlyList<Prediction> Predict(
        Network network,
        IReadOnlyList<ImageSample> images,
        int top = 3,
        string device = ComputeDevice.Auto,
        CancellationToken stop = default,
        double temperature = 1,
        TestAugment augment = TestAugment.None
    )
    {
        if (top < 1)
        {
            throw new InvalidSettingException("Top", "an integer of 1 or more", top);
        }
        TemperatureScaling.Check(temperature);
        EvaluationCheck.Classifies(network);
        AugmentedOutputs.Check(network, augment);
        foreach (ImageSample image in images)
        {
            EvaluationCheck.Fits(network, image);
        }
        Device target = ComputeDevice.Choose(device);
        using IDisposable stay = network.On(target);
        var predictions = new List<Prediction>();
        foreach (ImageSample[] batch in images.Chunk(network.Plan.BatchSize(BatchSize)))
        {
            stop.ThrowIfCancellationRequested();
            predictions.AddRange(PredictBatch(network, batch, top, temperature, target, augment));
        }
        return predictions;
    }

    private static Prediction[] PredictBatch(
        Network network,
        ImageSample[] images,
        int top,
        double temperature,
        Device device,
        TestAugment augment
    )
    {
        float[] logits =
            augment == TestAugment.None && device.type == TorchSharp.DeviceType.CPU && network.Direct() is { } direct
                ? direct.Run([.. images.Select(image => image.Pixels)], new PixelNormalizer(network.InputStatistics, network.InputShape))
                : Logits(network, images, device, augment);
        IReadOnlyList<string> names = network.OutputNames;
        var mapping = new OutputLookup(network);
        int ranks = Math.Min(top, names.Count);
        var predictions = new Prediction[images.Length * ranks];
        if (images.Length < EnoughForThreads)
        {
            Describe(0, images.Length);
        }
        else
        {
            Parallel.ForEach(
                Partitioner.Create(0, images.Length),
                new ParallelOptions { MaxDegreeOfParallelism = get_num_threads() },
                range => Describe(range.Item1, range.Item2)
            );
        }
        return predictions;

        void Describe(int first, int end)
        {
            float[] probabilities = new float[names.Count];
            for (int i = first; i < end; i++)
            {
                ReadOnlySpan<float> row = logits.AsSpan(i * names.Count, names.Count);
                double normalizer = Softmax.Of(row, temperature, probabilities);
                int? truth = mapping.Of(images[i]);
                double? loss = truth is int known ? (float)(normalizer - row[known] / temperature) : null;
                int[] best = Ranking.Largest(probabilities, ranks);
                for (int rank = 0; rank < ranks; rank++)
                {
                    predictions[i * ranks + rank] = Predictor.Describe(
                        names,
                        images[i],
                        truth,
                        loss,
                        rank + 1,
                        best[rank],
                        probabilities[best[rank]]
                    );
                }
            }
        }
    }

    private static float[] Logits(Network network, ImageSample[] images, Device device, TestAugment augment)
    {
        DatasetSplit split = NetworkInput.Split(network, images);
        using var noGradients = inference_mode();
        using var scope = NewDisposeScope();
        using var loader = new BatchLoader(split, network.InputStatistics, images.Length, device);
        Tensor batch = loader.Load([.. Enumerable.Range(0, images.Length)], []).Images;
        return AugmentedOutputs.Of(network, batch, augment).ToFloats();
    }

    private static Prediction Describe(
        IReadOnlyList<string> names,
        ImageSample image,
        int? truth,
        double? loss,
        int rank,
        int index,
        double probability
    )
    {
        string? label = image.Class ?? (truth is int output ? names[output] : null);

        // A class that the network lacks is never the one it names, and outputs that are not numbers name none.
        bool? isRight = label is null ? null : index == truth && !double.IsNaN(probability);
        return new Prediction(image.Source, rank, names[index], probability, label, isRight) { Loss = loss, Sample = image };
    }
}
