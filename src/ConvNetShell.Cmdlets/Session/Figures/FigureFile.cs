using System.Globalization;
using System.Text;
using ConvNetShell.Core.Errors;
using ConvNetShell.Display.Files;
using ConvNetShell.Display.Mime;
using ConvNetShell.Rendering;
using ConvNetShell.Rendering.Pictures;

namespace ConvNetShell.Cmdlets.Session.Figures;

/// <summary>Writes figures to files; the extension says in which form.</summary>
internal static class FigureFile
{
    private const string Forms = "a file that ends in .png, .svg, .gif, .webp, .html or .json";

    /// <summary>Checks the extension.</summary>
    public static void Check(string path)
    {
        if (Extension(path) is not (".png" or ".svg" or ".gif" or ".webp" or ".html" or ".htm" or ".json"))
        {
            throw new InvalidSettingException("-Path", Forms, path);
        }
    }

    /// <summary>Returns whether the file takes a form that is made only when asked for.</summary>
    public static bool NeedsAllForms(string path) => Extension(path) is ".svg" or ".gif" or ".json";

    /// <summary>Returns whether the file is a WebP, for figures that move.</summary>
    public static bool IsWebP(string path) => Extension(path) is ".webp";

    /// <summary>Writes the figures: a page takes any number, the other forms one.</summary>
    public static void Write(string path, IReadOnlyList<MimeBundle> figures, bool dark)
    {
        string extension = Extension(path);
        if (extension is ".html" or ".htm")
        {
            WritePage(
                path,
                Path.GetFileNameWithoutExtension(path),
                figures.Select(figure => KeyValuePair.Create(string.Empty, figure)),
                dark
            );
            return;
        }
        if (figures.Count != 1)
        {
            throw new InvalidSettingException(
                "-InputObject",
                $"one figure for {extension}; .html takes several",
                FormattableString.Invariant($"{figures.Count} figures")
            );
        }
        string[] types = extension switch
        {
            ".png" => [MimeBundle.Png],
            ".svg" => [MimeBundle.Svg],
            ".gif" => [MimeBundle.Gif],
            ".webp" => [MimeBundle.WebP],
            _ => [MimeBundle.Plotly, MimeBundle.Json],
        };
        string content =
            types.Select(type => figures[0].Data.GetValueOrDefault(type)).FirstOrDefault(text => text is not null)
            ?? throw new InvalidSettingException(
                "-Path",
                "of a form that this figure has: "
                    + string.Join(", ", figures[0].Data.Keys)
                    + string.Create(
                        CultureInfo.InvariantCulture,
                        $". GIF and WebP are for figures that move; JSON is for charts, and for pictures of at most "
                            + $"{PictureRenderer.MostNumbers:N0} numbers"
                    ),
                path
            );
        Save(path, extension is ".png" or ".gif" or ".webp" ? Convert.FromBase64String(content) : Encoding.UTF8.GetBytes(content));
    }

    /// <summary>Writes a page of headings and figures.</summary>
    public static void WritePage(string path, string title, IEnumerable<KeyValuePair<string, MimeBundle>> sections, bool dark) =>
        Save(path, Encoding.UTF8.GetBytes(HtmlPage.Write(title, sections, dark)));

    private static string Extension(string path) => Path.GetExtension(path).ToLowerInvariant();

    private static void Save(string path, byte[] content)
    {
        try
        {
            AtomicFile.Write(path, content);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(
                "Storage.Unwritable",
                path,
                $"expected a file that can be written. Received: {error.Message}",
                error
            );
        }
    }
}
