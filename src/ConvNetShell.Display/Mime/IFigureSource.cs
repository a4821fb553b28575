namespace ConvNetShell.Display.Mime;

/// <summary>Something that is no record but is drawn as one: a training run as its history, a network as its summary.</summary>
[TypeFormatterSource(MimeBundle.Html, MimeBundle.Png, MimeBundle.PlainText)]
public interface IFigureSource
{
    /// <summary>Returns the record that is drawn.</summary>
    /// <returns>A record that has a renderer.</returns>
    object ToFigure();
}
