using System.Globalization;
using System.Net;
using ConvNetShell.Display.Mime;

namespace ConvNetShell.Cmdlets.Session.Lecture;

/// <summary>A lecture's page in a notebook.</summary>
internal static class LectureFigure
{
    /// <summary>Returns the page in a frame, with its address above it for a window of its own.</summary>
    /// <param name="url">The address.</param>
    /// <param name="height">The height of the frame, in pixels.</param>
    public static MimeBundle Of(string url, int height)
    {
        string address = WebUtility.HtmlEncode(url);
        return new MimeBundle(
            new Dictionary<string, string>
            {
                [MimeBundle.PlainText] = url,
                [MimeBundle.Html] = string.Create(
                    CultureInfo.InvariantCulture,
                    $"<p><a href=\"{address}\" target=\"_blank\" rel=\"noopener\">{address}</a></p><iframe src=\"{address}\" "
                        + $"title=\"Lecture\" style=\"width:100%;height:{height}px;border:1px solid #8888\"></iframe>"
                ),
            }
        );
    }
}
