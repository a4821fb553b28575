using System.Net;
using System.Reflection;
using System.Text;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Records.Traces;
using ConvNetShell.Display.Records.Understanding;

namespace ConvNetShell.Rendering.Records.Paths;

/// <summary>
/// Writes the page of a trace as a fragment that stands by itself: the numbers, the script and its style are in it, and nothing is fetched.
/// </summary>
internal static class ActivationPage
{
    // A notebook may run the script before it puts the output into its page.
    private const string Wait =
        "function w(id,draw,data,n){var e=document.getElementById(id);"
        + "if(e)draw(e,data);else if((n||0)<600)setTimeout(w,100,id,draw,data,(n||0)+1)}";

    /// <summary>Returns the fragment; where no script runs, the picture stays.</summary>
    public static string Html(ActivationTrace trace, TracedNetwork network, MimeBundle drawn)
    {
        string id = $"convnetshell-{Guid.NewGuid():N}";
        return $"<style>{Resource("ActivationPage.css")}</style>\n<div id=\"{id}\" class=\"cns-way\">{Image(drawn)}</div>\n"
            + $"<script>({Wait})(\"{id}\",{Resource("ActivationPage.js").TrimEnd()},{ActivationJson.Write(trace, network)})</script>";
    }

    /// <summary>Returns the picture of a bundle as an element of a page.</summary>
    public static string Image(MimeBundle drawn) =>
        $"<img alt=\"{WebUtility.HtmlEncode(drawn.Text)}\" style=\"max-width:100%\" "
        + $"src=\"data:image/png;base64,{drawn.Data[MimeBundle.Png]}\">";

    private static string Resource(string name)
    {
        using Stream stream =
            Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"Expected the resource {name} in this assembly. Received: none.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
