namespace ConvNetShell.Core.Applications.Lecture;

/// <summary>Everything a lecture shows at one moment; it never changes.</summary>
/// <param name="Version">Rises with each frame, from 1.</param>
/// <param name="State">What the lecture is doing.</param>
/// <param name="Network">The network's name.</param>
/// <param name="Spec">The network's definition.</param>
/// <param name="InputShape">The shape of an input, channels first.</param>
/// <param name="Parameters">The network's trainable numbers.</param>
/// <param name="Dataset">The dataset's name.</param>
/// <param name="TrainingImages">The images of an epoch.</param>
/// <param name="Settings">The settings.</param>
public sealed record LectureFrame(
    long Version,
    LectureState State,
    string Network,
    string Spec,
    string InputShape,
    long Parameters,
    string Dataset,
    int TrainingImages,
    LectureSettings Settings
)
{
    /// <summary>Gets the optimizer's name.</summary>
    public string Optimizer { get; init; } = string.Empty;

    /// <summary>Gets the number of the run, from 1; a restart begins the next.</summary>
    public int Run { get; init; } = 1;

    /// <summary>Gets why the run ended; <see langword="null"/> where it did not fail.</summary>
    public string? Error { get; init; }

    /// <summary>Gets the latest warning of the run, or <see langword="null"/>.</summary>
    public string? Warning { get; init; }

    /// <summary>Gets the training images seen.</summary>
    public long Examples { get; init; }

    /// <summary>Gets the batches trained.</summary>
    public long Steps { get; init; }

    /// <summary>Gets the training images a second while it trains; pauses and drawing do not count.</summary>
    public double ImagesPerSecond { get; init; }

    /// <summary>Gets the smoothed training loss; <see langword="null"/> before the first step.</summary>
    public double? Loss { get; init; }

    /// <summary>Gets the smoothed training accuracy, from 0 to 1; <see langword="null"/> before the first step.</summary>
    public double? Accuracy { get; init; }

    /// <summary>Gets the accuracy over the latest test images, from 0 to 1; <see langword="null"/> before the first.</summary>
    public double? TestAccuracy { get; init; }

    /// <summary>Gets the number of test images that <see cref="TestAccuracy"/> is of.</summary>
    public int TestImages { get; init; }

    /// <summary>Gets the course of the run.</summary>
    public LectureCurve Curve { get; init; } = LectureCurve.Empty;

    /// <summary>Gets the image that the layers are shown at work on; <see langword="null"/> before the run has begun.</summary>
    public LectureImage? Image { get; init; }

    /// <summary>Gets the loss of that image.</summary>
    public double? ImageLoss { get; init; }

    /// <summary>Gets the layers.</summary>
    public IReadOnlyList<LectureLayer> Layers { get; init; } = [];

    /// <summary>Gets test images with the network's answers.</summary>
    public IReadOnlyList<LectureImage> Tests { get; init; } = [];
}
