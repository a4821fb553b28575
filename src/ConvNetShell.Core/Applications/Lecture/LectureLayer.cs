namespace ConvNetShell.Core.Applications.Lecture;

/// <summary>A layer at work on one image.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="Kind">What it is, for example <c>Conv2D 5x5</c>.</param>
/// <param name="Shape">The shape of its output, channels first.</param>
/// <param name="Parameters">Its trainable numbers.</param>
/// <param name="Activations">Its output.</param>
/// <param name="Gradients">The gradient of the image's loss at its output; <see langword="null"/> for a softmax at the end, which comes
/// after the scores that the loss is made of.</param>
/// <param name="Weights">The filters of the first layer that has some; <see langword="null"/> elsewhere.</param>
/// <param name="WeightGradients">The gradient of the image's loss at these filters; <see langword="null"/> where they are frozen.</param>
public sealed record LectureLayer(
    string Name,
    string Kind,
    string Shape,
    long Parameters,
    LectureMaps Activations,
    LectureMaps? Gradients,
    LectureMaps? Weights,
    LectureMaps? WeightGradients
);
