using ConvNetShell.Display.Mime;
using ConvNetShell.Rendering.Drawing;
using SkiaSharp;

namespace ConvNetShell.Rendering.Records;

/// <summary>Draws the steps of a moving window: its last step as a picture, all of them as an animation.</summary>
internal static class StepRenderer
{
    private const int MostNumbers = 16_384,
        MostSide = 256;

    /// <summary>Returns whether the numbers are few enough to be seen.</summary>
    public static bool IsSmall(int inputs, IReadOnlyList<int> inputSizes, int maps, IReadOnlyList<int> outputSizes) =>
        inputs <= MostNumbers
        && inputSizes.Max() <= MostSide
        && outputSizes.Max() <= MostSide
        && outputSizes.Aggregate((long)maps, (count, size) => count * size) <= MostNumbers;

    /// <summary>Draws the steps.</summary>
    /// <param name="painter">Draws one of them.</param>
    /// <param name="steps">The number of steps.</param>
    /// <param name="text">The steps as text.</param>
    /// <param name="description">What a page says instead of the picture.</param>
    /// <param name="options">How they are drawn.</param>
    public static MimeBundle Render(StepPainter painter, int steps, string text, string description, RenderOptions options)
    {
        SKColor background = Theme.For(options.Dark).Background;
        void Last(SKCanvas canvas) => painter.Draw(canvas, steps - 1);
        var data = new Dictionary<string, string>
        {
            [MimeBundle.PlainText] = text,
            [MimeBundle.Png] = Convert.ToBase64String(Sheet.Png(painter.Size, options.Scale, background, Last, chart: true)),
        };
        MovingForms.Add(
            data,
            options,
            description,
            steps,
            step => Sheet.Bitmap(painter.Size, options.Scale, background, canvas => painter.Draw(canvas, step))
        );
        if (options.AllForms)
        {
            data[MimeBundle.Svg] = Sheet.Svg(painter.Size, background, Last);
        }
        return new MimeBundle(data);
    }
}
