using System.Globalization;
using System.Net;
using ConvNetShell.Display.Mime;

namespace ConvNetShell.Rendering.Charts;

/// <summary>Writes a figure as a piece of a page: a picture that Plotly's script, where the page has it, replaces by the chart.</summary>
internal static class PlotlyFragment
{
    private const int Tries = 600;

    /// <summary>
    /// Returns the fragment: the picture, which stays where no script runs or none has come; the figure; and a call that waits for the
    /// script.
    /// </summary>
    /// <param name="forms">The figure as text/plain, image/png and Plotly's JSON.</param>
    /// <param name="height">The chart's height, in pixels.</param>
    /// <param name="width">The most that it is wide, in pixels; <see langword="null"/> for the page's width.</param>
    public static string Html(IReadOnlyDictionary<string, string> forms, int height, int? width = null)
    {
        string size = width is int most ? FormattableString.Invariant($"max-width:{most}px") : "width:100%";
        string text = WebUtility.HtmlEncode(forms[MimeBundle.PlainText]);
        string id = $"convnetshell-{Guid.NewGuid():N}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $$$"""
            <div id="{{{id}}}" class="convnetshell-chart" style="{{{size}}};min-height:{{{height}}}px"><img alt="{{{text}}}"
            style="max-width:100%" src="data:image/png;base64,{{{forms[MimeBundle.Png]}}}"></div>
            <script>(function(){var f={{{forms[MimeBundle.Plotly]}}},n=0;(function w(){
            if(window.ConvNetShellPlotly){ConvNetShellPlotly.draw("{{{id}}}",f,{{{height}}})}
            else if(n++<{{{Tries}}}){setTimeout(w,100)}})()})()</script>
            """
        );
    }
}
