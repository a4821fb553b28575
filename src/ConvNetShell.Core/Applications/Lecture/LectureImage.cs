namespace ConvNetShell.Core.Applications.Lecture;

/// <summary>An image, its true class, and the network's answers.</summary>
/// <param name="Source">The image's name: a file, or its index in the split.</param>
/// <param name="Class">The true class.</param>
/// <param name="Width">The width, in pixels.</param>
/// <param name="Height">The height, in pixels.</param>
/// <param name="Channels">1 or 3.</param>
/// <param name="Pixels">The pixels: rows, columns, channels.</param>
/// <param name="Answers">The three likeliest classes, the likeliest first.</param>
public sealed record LectureImage(
    string Source,
    string Class,
    int Width,
    int Height,
    int Channels,
    ReadOnlyMemory<byte> Pixels,
    IReadOnlyList<LectureAnswer> Answers
);
