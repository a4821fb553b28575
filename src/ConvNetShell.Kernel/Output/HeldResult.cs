using System.Text;
using ConvNetShell.Display.Mime;

namespace ConvNetShell.Kernel.Output;

/// <summary>
/// The last output of a cell's pipeline: a bundle, or text that may still grow. It is held back a moment, to be one message.
/// </summary>
internal sealed class HeldResult
{
    private const int MostMilliseconds = 250;
    private StringBuilder? text;
    private MimeBundle? bundle;
    private long since;

    /// <summary>True while something is held.</summary>
    public bool Any => text is not null || bundle is not null;

    /// <summary>True where it is held for so long that it is shown although more may come.</summary>
    public bool IsDue => Any && Id is null && Environment.TickCount64 - since >= MostMilliseconds;

    /// <summary>How many characters of text are held; null for none.</summary>
    public int? TextLength => text?.Length;

    /// <summary>The id under which it was shown already; null where it was not.</summary>
    public string? Id { get; private set; }

    /// <summary>What is held; null for nothing, or only empty lines.</summary>
    public MimeBundle? Content =>
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

    /// <summary>Notes that it is shown.</summary>
    /// <returns>The id under which it can be changed.</returns>
    public string Show() => Id = Guid.NewGuid().ToString("N");

    /// <summary>Holds nothing any more.</summary>
    public void Forget() => (bundle, text, Id) = (null, null, null);
}
