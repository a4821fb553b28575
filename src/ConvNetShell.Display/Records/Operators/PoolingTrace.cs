using System.Globalization;
using ConvNetShell.Display.Mime;

namespace ConvNetShell.Display.Records.Operators;

/// <summary>Steps of one pooling as a figure: a picture of the last one, or an animation of all.</summary>
/// <param name="Scene">The pooling.</param>
/// <param name="Steps">Its steps, or some of them, in order.</param>
[TypeFormatterSource(MimeBundle.Html, MimeBundle.Png, MimeBundle.PlainText)]
public sealed record PoolingTrace(PoolingScene Scene, IReadOnlyList<PoolingStep> Steps)
{
    /// <summary>Gives the calculations, a line each.</summary>
    /// <returns>For example <c>channel 0 at 0,1: max(2, 1, 0, 1) = 2</c>.</returns>
    public override string ToString() =>
        string.Join('\n', Steps.Select(step => string.Create(CultureInfo.InvariantCulture, $"channel {step.Channel} at {step}")));
}
