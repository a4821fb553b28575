namespace ConvNetShell.Display.Mime;

/// <summary>Draws one kind of record.</summary>
/// <typeparam name="T">The record.</typeparam>
public interface IRenderer<in T>
    where T : notnull
{
    /// <summary>Returns whether there is something to draw in a record.</summary>
    /// <param name="value">The record.</param>
    /// <returns>Whether it is drawn; else it is left to the views.</returns>
    bool CanRender(T value) => true;

    /// <summary>Draws a record.</summary>
    /// <param name="value">The record.</param>
    /// <param name="options">How it is drawn.</param>
    /// <returns>The record in one or more forms.</returns>
    MimeBundle Render(T value, RenderOptions options);
}
