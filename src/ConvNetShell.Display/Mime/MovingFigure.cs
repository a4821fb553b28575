namespace ConvNetShell.Display.Mime;

/// <summary>A figure that moves: records that are drawn one after the other, the last one where nothing can move.</summary>
/// <param name="Description">What a page says instead of the picture.</param>
/// <param name="Frames">The records, in order; all are drawn in one size.</param>
[TypeFormatterSource(MimeBundle.Html, MimeBundle.Png, MimeBundle.PlainText)]
public sealed record MovingFigure(string Description, IReadOnlyList<object> Frames)
{
    /// <summary>Gives the last record's text.</summary>
    /// <returns>The description where there is no record.</returns>
    public override string ToString() => Frames.LastOrDefault()?.ToString() ?? Description;
}
