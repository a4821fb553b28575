namespace ConvNetShell.Core.Applications.Lecture;

/// <summary>The course of a lecture's run: some hundred points, however long it trains.</summary>
/// <param name="Examples">The training images seen at each point.</param>
/// <param name="Loss">The smoothed training loss at each.</param>
/// <param name="Accuracy">The smoothed training accuracy at each, from 0 to 1.</param>
/// <param name="TestAccuracy">The accuracy over the latest test images at each, from 0 to 1; <see langword="null"/> where none was
/// tested.</param>
public sealed record LectureCurve(
    IReadOnlyList<long> Examples,
    IReadOnlyList<double> Loss,
    IReadOnlyList<double> Accuracy,
    IReadOnlyList<double?> TestAccuracy
)
{
    /// <summary>Gets the course of a run that has not begun.</summary>
    internal static LectureCurve Empty { get; } = new([], [], [], []);
}
