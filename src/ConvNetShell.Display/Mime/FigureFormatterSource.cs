namespace ConvNetShell.Display.Mime;

/// <summary>
/// Makes the formatters of a type for .NET Interactive, which finds this class through <see cref="TypeFormatterSourceAttribute"/>.
/// </summary>
public sealed class FigureFormatterSource
{
    /// <summary>Returns a formatter for each form of a bundle.</summary>
    /// <returns>HTML, PNG and text.</returns>
    public IEnumerable<object> CreateTypeFormatters() =>
        [new FigureFormatter(MimeBundle.Html), new FigureFormatter(MimeBundle.Png), new FigureFormatter(MimeBundle.PlainText)];
}
