using SkiaSharp;

namespace ConvNetShell.Rendering.Drawing;

/// <summary>Cuts lines into dashes. Skia's own dashes are an effect of the paint, which its SVG leaves out.</summary>
internal static class Dashes
{
    /// <summary>Returns the dashes of a path; their pattern goes on from line to line of it.</summary>
    /// <param name="path">The lines.</param>
    /// <param name="on">The length of a dash in pixels.</param>
    /// <param name="off">The length of a gap in pixels.</param>
    public static SKPath Cut(SKPath path, float on, float off)
    {
        var cut = new SKPath();
        using var measure = new SKPathMeasure(path);
        do
        {
            for (float at = 0; at < measure.Length; at += on + off)
            {
                measure.GetSegment(at, Math.Min(at + on, measure.Length), cut, startWithMoveTo: true);
            }
        } while (measure.NextContour());
        return cut;
    }
}
