using System.Text;
using ConvNetShell.Display.Pictures;
using ConvNetShell.Display.Records.Understanding;
using ConvNetShell.Rendering.Terminal;

namespace ConvNetShell.Rendering.Records;

/// <summary>Draws a network's panel in a terminal: the first channels of each layer.</summary>
internal static class PanelText
{
    private const int Shown = 8,
        MostTile = 24;

    public static string Write(NetworkPanel panel, TerminalOptions options)
    {
        var text = new StringBuilder().AppendLine(panel.Heading);
        foreach (PanelLayer layer in panel.Layers)
        {
            text.AppendLine().AppendLine(layer.ToString());
            Append(text, string.Empty, layer.Activations, options);
            Append(text, "weights", layer.Weights, options);
        }
        return text.ToString().TrimEnd();
    }

    private static void Append(StringBuilder text, string title, IReadOnlyList<Picture> pictures, TerminalOptions options)
    {
        if (pictures.Count > 0)
        {
            Picture[] shown = [.. pictures.Take(Shown).Select(picture => picture with { Caption = string.Empty })];
            text.AppendLine(PictureText.Draw(new PictureGrid(title, shown) { CommonRange = true }, options with { MostTile = MostTile }));
        }
    }
}
