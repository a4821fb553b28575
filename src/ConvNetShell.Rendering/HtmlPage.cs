using System.Net;
using System.Text;
using ConvNetShell.Display.Mime;
using ConvNetShell.Rendering.Charts;

namespace ConvNetShell.Rendering;

/// <summary>Makes a page that stands by itself: scripts and pictures are in it, nothing is fetched.</summary>
public static class HtmlPage
{
    private const string Style =
        "body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:1120px;padding:0 1rem;color:#1f2328;background:#fff}"
        + "body.dark{color:#f0f6fc;background:#151b23}img{max-width:100%;height:auto}"
        + "h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2rem}"
        + "table{border-collapse:collapse;font-size:14px}th,td{padding:.25rem .75rem;border-bottom:1px solid "
        + "#8884;text-align:left}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}"
        + "pre{white-space:pre-wrap;font:13px/1.4 ui-monospace,monospace}p.muted{color:#888}";

    /// <summary>Returns the page.</summary>
    /// <param name="title">The page's title.</param>
    /// <param name="sections">A heading, which may be empty, and the content below it.</param>
    /// <param name="dark">Whether the page is dark.</param>
    /// <returns>The page as HTML.</returns>
    public static string Write(string title, IEnumerable<KeyValuePair<string, MimeBundle>> sections, bool dark = false)
    {
        ArgumentNullException.ThrowIfNull(sections);
        var body = new StringBuilder();
        bool script = false;
        foreach ((string heading, MimeBundle bundle) in sections)
        {
            if (heading.Length > 0)
            {
                body.Append("<h2>").Append(WebUtility.HtmlEncode(heading)).Append("</h2>\n");
            }
            string piece = Piece(bundle);
            script |= piece.Contains(MimeBundle.PageScriptName, StringComparison.Ordinal);
            body.Append(piece).Append('\n');
        }
        return $"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
            + $"content=\"width=device-width\"><link rel=\"icon\" "
            + $"href=\"data:,\"><title>{WebUtility.HtmlEncode(title)}</title><style>{Style}</style>\n"
            + $"{(script ? PlotlyScript.Html() : string.Empty)}</head><body{(dark ? " class=\"dark\"" : string.Empty)}>\n{body}"
            + $"</body></html>\n";
    }

    /// <summary>Returns the richest form a page can hold.</summary>
    private static string Piece(MimeBundle bundle) =>
        bundle.Data.TryGetValue(MimeBundle.Html, out string? html) ? html
        : bundle.Data.TryGetValue(MimeBundle.Png, out string? png)
            ? $"<img alt=\"{WebUtility.HtmlEncode(bundle.Text)}\" src=\"data:image/png;base64,{png}\">"
        : $"<pre>{WebUtility.HtmlEncode(bundle.Text)}</pre>";
}
