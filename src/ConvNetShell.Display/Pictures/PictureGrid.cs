using System.Globalization;
using ConvNetShell.Display.Mime;

namespace ConvNetShell.Display.Pictures;

/// <summary>Pictures side by side, in rows.</summary>
/// <param name="Title">The title above them; may be empty.</param>
/// <param name="Pictures">The pictures, row by row.</param>
[TypeFormatterSource(MimeBundle.Png, MimeBundle.PlainText)]
public sealed record PictureGrid(string Title, IReadOnlyList<Picture> Pictures) : IPictureSource
{
    /// <summary>Gets the pictures in a row; <see langword="null"/> for as many as make a good page.</summary>
    public int? Columns { get; init; }

    /// <summary>
    /// Gets a value indicating whether all pictures of a scale have one range, and one scale bar; else each has its own, written below it.
    /// </summary>
    public bool CommonRange { get; init; }

    /// <summary>Gets the labels left of each row of <see cref="Columns"/> pictures; empty for nothing.</summary>
    public IReadOnlyList<string> RowNames { get; init; } = [];

    /// <summary>Gets a line that stands below the pictures; empty for none.</summary>
    public string Note { get; init; } = string.Empty;

    /// <summary>Gets the part that its one picture has among others; <see langword="null"/> for none.</summary>
    internal PictureRole? Role { get; init; }

    /// <summary>Returns this grid.</summary>
    /// <returns>This grid.</returns>
    public PictureGrid ToPictures() => this;

    /// <summary>Says the title and the number of pictures.</summary>
    /// <returns>For example <c>conv1: 16 pictures</c>.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(Title.Length > 0 ? Title + ": " : string.Empty)}{Pictures.Count:N0} {(Pictures.Count == 1 ? "picture" : "pictures")}"
        );
}
