namespace ConvNetShell.Display.Mime;

/// <summary>How something is drawn.</summary>
public sealed record RenderOptions
{
    /// <summary>Gets the options of someone who asks for nothing.</summary>
    public static RenderOptions Default { get; } = new();

    /// <summary>Gets the width in pixels; <see langword="null"/> for what suits the record.</summary>
    public int? Width { get; init; }

    /// <summary>Gets the height in pixels; <see langword="null"/> for what suits the record.</summary>
    public int? Height { get; init; }

    /// <summary>
    /// Gets whether the page is dark; <see langword="null"/> where that is not known: interactive charts then ask the page, pictures are
    /// light.
    /// </summary>
    public bool? Dark { get; init; }

    /// <summary>Gets a value indicating whether charts also come in an interactive form.</summary>
    public bool Interactive { get; init; } = true;

    /// <summary>Gets a value indicating whether the forms that only files take come too: SVG and JSON. They are large.</summary>
    public bool AllForms { get; init; }

    /// <summary>Gets a value indicating whether a figure that moves comes as an animated WebP instead of a GIF.</summary>
    public bool WebP { get; init; }

    /// <summary>Gets how many device pixels a pixel has: 2 for print or a sharp screen.</summary>
    public float Scale { get; init; } = 1;

    /// <summary>Gets the page, from 1, of a figure with more tiles than one page holds.</summary>
    public int Page { get; init; } = 1;

    /// <summary>Gets how many tiles a page takes.</summary>
    public int PageSize { get; init; } = 400;
}
