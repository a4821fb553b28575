namespace ConvNetShell.Core.Applications.Lecture;

/// <summary>Records a curve; when it is full, every second point is dropped and points are taken half as often.</summary>
internal sealed class CurveRecorder
{
    private const int MostPoints = 400;
    private readonly List<(long Examples, double Loss, double Accuracy, double? Test)> points = [];
    private int every = 1,
        steps;

    /// <summary>Adds a step.</summary>
    public void Add(long examples, double loss, double accuracy, double? test)
    {
        if (steps++ % every != 0)
        {
            return;
        }
        points.Add((examples, loss, accuracy, test));
        if (points.Count >= MostPoints)
        {
            for (int i = 0; i < points.Count; i++)
            {
                points.RemoveAt(i + 1 < points.Count ? i + 1 : i);
            }
            every *= 2;
        }
    }

    /// <summary>Returns the curve so far.</summary>
    public LectureCurve ToCurve() =>
        new(
            [.. points.Select(point => point.Examples)],
            [.. points.Select(point => point.Loss)],
            [.. points.Select(point => point.Accuracy)],
            [.. points.Select(point => point.Test)]
        );
}
