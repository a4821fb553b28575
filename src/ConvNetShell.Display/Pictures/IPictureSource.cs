namespace ConvNetShell.Display.Pictures;

/// <summary>A record that can be drawn as pictures; it needs no renderer of its own.</summary>
public interface IPictureSource
{
    /// <summary>Returns the pictures; several records of a kind become one grid.</summary>
    /// <returns>The pictures, with a title.</returns>
    PictureGrid ToPictures();
}
