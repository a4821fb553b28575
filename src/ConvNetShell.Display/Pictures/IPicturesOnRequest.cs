namespace ConvNetShell.Display.Pictures;

/// <summary>
/// A record that a notebook shows as its view, which says more than pictures would; they are drawn where someone asks for a figure.
/// </summary>
public interface IPicturesOnRequest
{
    /// <summary>Returns the pictures that are drawn on request.</summary>
    /// <returns>The pictures, with a title; none where the record has none.</returns>
    PictureGrid ToRequestedPictures();
}
