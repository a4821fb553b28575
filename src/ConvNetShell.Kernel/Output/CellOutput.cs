using System.Text;

namespace ConvNetShell.Kernel.Output;

/// <summary>
/// Gathers a cell's output into few messages and keeps its order. The pipeline's last output is held back a moment: it is
/// the cell's result where nothing follows, and plain output where more comes, or where the cell goes on for long.
/// </summary>
internal sealed class CellOutput : IDisposable
{
    /// <summary>The name of standard output.</summary>
    public const string Out = "stdout";

    /// <summary>The name of standard error.</summary>
    public const string Error = "stderr";

    private const int MostPending = 64 * 1024,
        Gather = 50,
        Hold = 250,
        UpdatePause = 500;

    private readonly Lock gate = new();
    private readonly Timer timer;
    private readonly bool isLive;
    private readonly StreamText text;
    private readonly PendingUpdates updates = new(UpdatePause);
    private ICellSink? sink;
    private StringBuilder? heldText;
    private MimeContent? heldContent;
    private long heldSince;
    private bool textHasLeft;
    private bool isArmed;

    /// <param name="isLive">False without a viewer: held output then waits for the end of the cell.</param>
    /// <param name="limit">How many characters of text a cell may write.</param>
    public CellOutput(bool isLive = true, int limit = 1_000_000)
    {
        this.isLive = isLive;
        this.text = new StreamText(limit);
        timer = new Timer(_ => Tick(), null, Timeout.Infinite, Timeout.Infinite);
    }

    private bool Holds => heldText is not null || heldContent is not null;

    /// <summary>A cell begins.</summary>
    public void Begin(ICellSink sink)
    {
        lock (gate)
        {
            Flush();
            updates.Forget();
            this.text.Begin();
            (this.sink, textHasLeft) = (sink, false);
        }
    }

    /// <summary>Ends the cell: sends everything; the held output becomes its result if it succeeded.</summary>
    public void End(bool succeeded)
    {
        lock (gate)
        {
            if (succeeded && this.text.Length == 0 && (heldContent ?? HeldText()) is { } result)
            {
                (heldContent, heldText) = (null, null);
                this.sink?.Result(result);
            }

            Flush();
        }
    }

    /// <summary>Text of a stream.</summary>
    public void Write(string name, string text)
    {
        lock (gate)
        {
            Release();
            textHasLeft = false;
            Append(name, text);
        }
    }

    /// <summary>Takes the end of the text back, if it is not on its way yet: it becomes a question.</summary>
    public void TakeBack(string end)
    {
        lock (gate)
        {
            this.text.TakeBack(end);
            SendText();
        }
    }

    /// <summary>Text of the objects that the cell's pipeline wrote.</summary>
    public void WriteResult(string text)
    {
        lock (gate)
        {
            if (textHasLeft)
            {
                Append(Out, text);
                return;
            }

            if (heldText is null)
            {
                Flush();
                (heldText, heldSince) = (new StringBuilder(), Environment.TickCount64);
                Arm();
            }

            heldText.Append(text);
            if (heldText.Length > MostPending)
            {
                Release();
            }
        }
    }

    /// <summary>Something the cell's pipeline wrote that has a form of its own.</summary>
    public void ShowResult(MimeContent content)
    {
        lock (gate)
        {
            Flush();
            textHasLeft = false;
            (heldContent, heldSince) = (content, Environment.TickCount64);
            Arm();
        }
    }

    /// <summary>Shows something, now.</summary>
    public void Show(MimeContent content, string? id = null)
    {
        lock (gate)
        {
            Flush();
            textHasLeft = false;
            this.sink?.Display(content, id);
        }
    }

    /// <summary>Updates the output of an id; fast successive updates are joined.</summary>
    public void Update(string id, MimeContent content)
    {
        lock (gate)
        {
            updates.Add(id, content);
            SendUpdates(all: false);
            Arm();
        }
    }

    /// <summary>Clears the cell's output.</summary>
    public void Clear(bool wait)
    {
        lock (gate)
        {
            this.text.Take();
            (heldContent, heldText, textHasLeft) = (null, null, false);
            this.sink?.Clear(wait);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => timer.Dispose();

    private void Tick()
    {
        lock (gate)
        {
            isArmed = false;
            SendText();
            SendUpdates(all: false);
            if (Holds && this.isLive && Environment.TickCount64 - heldSince >= Hold)
            {
                Release();
                SendText();
            }

            if ((Holds && this.isLive) || updates.Any)
            {
                Arm();
            }
        }
    }

    private void Flush()
    {
        Release();
        SendText();
        SendUpdates(all: true);
    }

    private MimeContent? HeldText() =>
        heldText?.ToString().TrimEnd().TrimStart('\r', '\n') is { Length: > 0 } text ? MimeContent.OfText(text) : null;

    private void Release()
    {
        if (heldContent is { } content)
        {
            heldContent = null;
            this.sink?.Display(content, null);
        }

        if (heldText is { } text)
        {
            heldText = null;
            textHasLeft = true;
            Append(Out, text.ToString());
        }
    }

    private void Append(string name, string text)
    {
        if (this.text.Name != name)
        {
            SendText();
        }

        this.text.Append(name, text);
        if (this.text.Length >= MostPending)
        {
            SendText();
        }
        else
        {
            Arm();
        }
    }

    private void SendText()
    {
        if (this.text.Length > 0)
        {
            this.sink?.Stream(this.text.Name, this.text.Take());
        }
    }

    private void SendUpdates(bool all)
    {
        foreach ((string id, MimeContent content) in updates.Take(all))
        {
            this.sink?.Update(content, id);
        }
    }

    private void Arm()
    {
        if (!isArmed)
        {
            isArmed = timer.Change(Gather, Timeout.Infinite);
        }
    }
}
