using System.Globalization;
using ConvNetShell.Display.Mime;

namespace ConvNetShell.Display.Records.Operators;

/// <summary>Steps of one convolution as a figure: a picture of the last one, or an animation of all.</summary>
/// <param name="Scene">The convolution.</param>
/// <param name="Steps">Its steps, or some of them, in order.</param>
[TypeFormatterSource(MimeBundle.Html, MimeBundle.Png, MimeBundle.PlainText)]
public sealed record ConvolutionTrace(ConvolutionScene Scene, IReadOnlyList<ConvolutionStep> Steps)
{
    /// <summary>Gives the calculations, a line each.</summary>
    /// <returns>For example <c>2: 1*1 + 0*-1 = 1</c>.</returns>
    public override string ToString() =>
        string.Join('\n', Steps.Select(step => string.Create(CultureInfo.InvariantCulture, $"kernel {step.Kernel} at {step}")));
}
