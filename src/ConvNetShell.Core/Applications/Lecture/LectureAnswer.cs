namespace ConvNetShell.Core.Applications.Lecture;

/// <summary>A class that the network proposes for an image.</summary>
/// <param name="Class">The class.</param>
/// <param name="Probability">Its probability, from 0 to 1; 0 where the network's output is no number.</param>
/// <param name="IsRight">Whether it is the true class.</param>
public sealed record LectureAnswer(string Class, double Probability, bool IsRight);
