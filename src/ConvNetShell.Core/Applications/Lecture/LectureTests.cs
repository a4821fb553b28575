using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Display.Records.Data;
using ConvNetShell.Display.Records.Evaluation;

namespace ConvNetShell.Core.Applications.Lecture;

/// <summary>
/// The test images of a lecture: some are shown with the network's answers, and the accuracy over the latest ones is kept, as
/// ConvNetJS's page keeps it.
/// </summary>
/// <param name="dataset">The dataset; without a Test split the training images stand in.</param>
/// <param name="seed">The seed of the choice of images.</param>
internal sealed class LectureTests(Dataset dataset, int seed)
{
    private const int Shown = 12,
        Tested = 64, // for each frame, those that are shown included
        Window = 640,
        Answers = 3,
        FramesForSame = 8; // as many frames show the same images, so that one can watch an answer change
    private readonly DatasetSplit split = dataset.Test ?? dataset.Train;
    private readonly SeededRandom random = new(seed);
    private readonly Queue<bool> latest = new();
    private ImageSample[] shown = [];
    private int frames;

    /// <summary>Gets the number of images that <see cref="Accuracy"/> is of.</summary>
    public int Count => latest.Count;

    /// <summary>Gets the accuracy over the latest images; <see langword="null"/> before the first.</summary>
    public double? Accuracy => latest.Count > 0 ? latest.Count(right => right) / (double)latest.Count : null;

    /// <summary>Returns an image by chance.</summary>
    public ImageSample Draw() => ImageSamples.FromSplit(dataset, split, random.NextInt(split.Count));

    /// <summary>Tests some images and returns those that are shown.</summary>
    public IReadOnlyList<LectureImage> Next(Network network)
    {
        if (frames++ % FramesForSame == 0)
        {
            shown = [.. Enumerable.Range(0, Shown).Select(_ => Draw())];
        }
        ImageSample[] others = [.. Enumerable.Range(0, Tested - Shown).Select(_ => Draw())];
        IReadOnlyList<Prediction> predictions = Predictor.Predict(network, [.. shown, .. others], Answers, network.Device.ToString());
        foreach (Prediction best in predictions.Where(prediction => prediction.Rank == 1))
        {
            latest.Enqueue(best.Correct == true);
            if (latest.Count > Window)
            {
                latest.Dequeue();
            }
        }
        int each = predictions.Count / Tested; // fewer than three where there are two classes
        return [.. shown.Select((sample, i) => Image(sample, predictions.Skip(i * each).Take(each)))];
    }

    /// <summary>Returns an image with the network's answers.</summary>
    public static LectureImage Ask(Network network, ImageSample sample) =>
        Image(sample, Predictor.Predict(network, [sample], Answers, network.Device.ToString()));

    private static LectureImage Image(ImageSample sample, IEnumerable<Prediction> predictions) =>
        new(
            sample.Source,
            sample.Class!,
            sample.Width,
            sample.Height,
            sample.Channels,
            sample.Pixels,
            [
                .. predictions.Select(prediction => new LectureAnswer(
                    prediction.Class,
                    double.IsFinite(prediction.Probability) ? prediction.Probability : 0,
                    prediction.Correct == true
                )),
            ]
        );
}
