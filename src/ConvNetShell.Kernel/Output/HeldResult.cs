using System.Text;
using ConvNetShell.Display.Mime;

namespace ConvNetShell.Kernel.Output;

/// <summary>The last output of a cell's pipeline: a bundle or a text, held back until it is known whether more follows.</summary>
internal sealed class HeldResult
{
    private const int MostMilliseconds = 250;
    private StringBuilder? text;
    private MimeBundle? bundle;
    private long since;

    /// <summary>True while something is held.</summary>
    public bool Any => text is not null || bundle is not null;

    /// <summary>True where it is held for so long that it is shown even though the cell still runs.</summary>
    public bool IsDue => Any && Environment.TickCount64 - since >= MostMilliseconds;

    /// <summary>How many characters of text are held; null for none.</summary>
    public int? TextLength => text?.Length;

    /// <summary>The bundle that is the cell's result if nothing follows; null where there is none, or only empty lines.</summary>
    public MimeBundle? Result =>
        bundle
        ?? (
            text?.ToString().TrimEnd().TrimStart('\r', '\n') is { Length: > 0 } trimmed
                ? new MimeBundle([KeyValuePair.Create(MimeBundle.PlainText, trimmed)])
                : null
        );

    /// <summary>Holds a bundle; nothing else may be held.</summary>
    public void Hold(MimeBundle content) => (bundle, since) = (content, Environment.TickCount64);

    /// <summary>Holds text, after the text that is held; no bundle may be held.</summary>
    public void Hold(string more)
    {
        if (text is null)
        {
            (text, since) = (new StringBuilder(), Environment.TickCount64);
        }

        text.Append(more);
    }

    /// <summary>Takes out what is held.</summary>
    public (MimeBundle? Bundle, string? Text) Take()
    {
        (MimeBundle?, string?) held = (bundle, text?.ToString());
        (bundle, text) = (null, null);
        return held;
    }
}
