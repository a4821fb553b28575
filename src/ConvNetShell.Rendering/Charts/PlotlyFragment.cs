using System.Net;

namespace ConvNetShell.Rendering.Charts;

/// <summary>Writes a figure as a piece of a page that has Plotly's script, once, anywhere on it.</summary>
internal static class PlotlyFragment
{
    private const int Tries = 600;

    /// <summary>
    /// Returns the fragment: the chart as plain text until it is drawn; the figure; and a call that waits for the
    /// script.
    /// </summary>
    public static string Html(string figure, string plain, int height, int? width = null)
    {
        string size = width is int most ? FormattableString.Invariant($"max-width:{most}px") : "width:100%";
        string text = WebUtility.HtmlEncode(plain);
        string id = $"convnetshell-{Guid.NewGuid():N}";
        return FormattableString.Invariant(
            $$$"""
            <div id="{{{id}}}" class="convnetshell-chart" style="{{{size}}};min-height:{{{height}}}px"><pre>{{{text}}}</pre></div>
            <script>(function(){var f={{{figure}}},n=0;(function w(){
            if(window.ConvNetShellPlotly){ConvNetShellPlotly.draw("{{{id}}}",f,{{{height}}})}
            else if(n++<{{{Tries}}}){setTimeout(w,100)}})()})()</script>
            """
        );
    }
}
