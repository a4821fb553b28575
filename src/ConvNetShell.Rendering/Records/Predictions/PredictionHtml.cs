using System.Globalization;
using System.Net;
using System.Text;
using ConvNetShell.Display.Records.Evaluation;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Rendering.Records.Predictions;

/// <summary>Writes predictions as a piece of a page, in the page's own colors of text.</summary>
internal static class PredictionHtml
{
    private const double LetterWidth = 0.6, // of a letter's height, as is usual
        LeastNames = 5,
        MostNames = 20;
    private const string Style = """
        <style>.cns-predictions{font:12px/1.35 system-ui,sans-serif}.cns-predictions h4{font-size:15px;margin:0 0 8px}
        .cns-predictions>div{display:grid;grid-template-columns:repeat(auto-fill,minmax(300px,1fr));gap:18px;max-width:1080px}
        .cns-predictions figure{display:flex;gap:12px;margin:0;min-width:0;max-width:440px}
        .cns-predictions .image{flex:0 0 96px;text-align:center}.cns-predictions img{max-width:none;margin:0}
        .cns-predictions figcaption{flex:1;min-width:0}
        .cns-predictions .name{font-weight:600}.cns-predictions .truth,.cns-predictions .more{opacity:.75}
        .cns-predictions .name,.cns-predictions .truth,.cns-predictions .class{overflow-wrap:anywhere}
        .cns-predictions .bar{display:grid;grid-template-columns:min(var(--names),50%) minmax(0,1fr) auto;gap:8px;
        align-items:center;min-height:18px}
        .cns-predictions .track{height:12px;background:#8883}.cns-predictions .track i{display:block;height:100%}
        .cns-predictions .number{min-width:44px;text-align:right;font-variant-numeric:tabular-nums}</style>
        """;

    /// <summary>Returns the fragment; it fetches nothing and runs nothing.</summary>
    public static string Write(IReadOnlyList<PredictionCard> cards, string heading)
    {
        int longest = cards.SelectMany(card => card.Bars).Select(bar => VisibleText.Of(bar.Class).Length).DefaultIfEmpty(0).Max();
        var html = new StringBuilder(Style).Append(
            CultureInfo.InvariantCulture,
            $"\n<div class=\"cns-predictions\" style=\"--names:{Math.Clamp(LetterWidth * longest, LeastNames, MostNames):0.#}em\">"
        );
        if (heading.Length > 0)
        {
            html.Append("<h4>").Append(WebUtility.HtmlEncode(heading)).Append("</h4>");
        }
        html.Append("<div>\n");
        bool pictures = cards.Any(card => card.Picture is not null);
        foreach (PredictionCard card in cards)
        {
            html.Append("<figure>");
            if (pictures)
            {
                html.Append("<div class=\"image\">").Append(Image(card)).Append("</div>");
            }
            html.Append("<figcaption>").Append(Line("name", card.Name)).Append(Line("truth", card.Truth));
            foreach (Prediction bar in card.Bars)
            {
                html.Append("<div class=\"bar\">").Append(Line("class", bar.Class)).Append(Track(bar));
                html.Append(Line("number", PredictionCard.Percent(bar))).Append("</div>");
            }
            html.Append(Line("more", card.More)).Append("</figcaption></figure>\n");
        }
        return html.Append("</div></div>").ToString();
    }

    private static string Image(PredictionCard card)
    {
        if (card.Picture is not { } picture)
        {
            return string.Empty;
        }
        SkiaSharp.SKSizeI size = PredictionThumbnail.Size(picture);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<img alt=\"{WebUtility.HtmlEncode(card.Name)}\" width=\"{size.Width}\" height=\"{size.Height}\" "
                + $"src=\"{PredictionThumbnail.Address(picture)}\">"
        );
    }

    private static string Track(Prediction bar)
    {
        SkiaSharp.SKColor color = PredictionCard.Color(bar);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<div class=\"track\"><i style=\"width:{100 * PredictionCard.Length(bar):0.##}%;"
                + $"background:#{color.Red:x2}{color.Green:x2}{color.Blue:x2}\"></i></div>"
        );
    }

    /// <summary>A line that the page may wrap; the pointer shows it too.</summary>
    private static string Line(string kind, string text)
    {
        string safe = WebUtility.HtmlEncode(VisibleText.Of(text));
        return text.Length == 0 ? string.Empty : $"<div class=\"{kind}\" title=\"{safe}\">{safe}</div>";
    }
}
