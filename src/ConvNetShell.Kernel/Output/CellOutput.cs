using ConvNetShell.Display.Mime;

namespace ConvNetShell.Kernel.Output;

/// <summary>
/// Gathers a cell's output into few messages and keeps its order. What the pipeline puts out is a result, neighboring text one result: it
/// is held back a moment, shown, and changed where more follows, so that what a cell leaves does not depend on its speed. A result of
/// text has a most length; what follows it is a stream.
/// </summary>
internal sealed class CellOutput : IDisposable
{
    /// <summary>The name of standard output.</summary>
    public const string Out = "stdout";

    /// <summary>The name of standard error.</summary>
    public const string Error = "stderr";

    private const int MostPending = 64 * 1024,
        MostResult = 64 * 1024,
        Gather = 50,
        UpdatePause = 500;

    private readonly Lock gate = new();
    private readonly Timer timer;
    private readonly bool isLive;
    private readonly int limit;
    private StreamText text;
    private readonly HeldResult held = new();
    private readonly PendingUpdates updates = new(UpdatePause);
    private bool textHasLeft;
    private bool isArmed;

    /// <param name="isLive">False without a viewer: held output then waits for the end of the cell.</param>
    /// <param name="limit">How many characters of text a cell may write.</param>
    public CellOutput(bool isLive = true, int limit = 1_000_000)
    {
        (this.isLive, this.limit, this.text) = (isLive, limit, new StreamText(limit));
        timer = new Timer(_ => Tick(), null, Timeout.Infinite, Timeout.Infinite);
    }

    /// <summary>Gets where the output ends; null before the first cell.</summary>
    public ICellSink? Sink { get; private set; }

    /// <summary>A cell begins, or something inside it with an output of its own; or the output before continues.</summary>
    /// <param name="sink">Where its output ends.</param>
    /// <param name="written">What it has written already; null for nothing.</param>
    /// <returns>Sink and text of the output before.</returns>
    public (ICellSink? Sink, StreamText Text) Begin(ICellSink? sink, StreamText? written = null)
    {
        lock (gate)
        {
            Flush();
            updates.Forget();
            (ICellSink? Sink, StreamText Text) former = (Sink, this.text);
            (Sink, this.text, textHasLeft) = (sink, written ?? new StreamText(limit), false);
            return former;
        }
    }

    /// <summary>Ends the cell: sends everything.</summary>
    public void End()
    {
        lock (gate)
        {
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
            if (held.TextLength is null && !textHasLeft)
            {
                Flush();
                Arm();
            }

            if (textHasLeft || (held.TextLength ?? 0) + text.Length > MostResult)
            {
                Release();
                textHasLeft = true;
                Append(Out, text);
                return;
            }

            held.Hold(text);
            if (held is { Id: { } id, Content: { } content })
            {
                updates.Add(id, content);
                Arm();
            }
        }
    }

    /// <summary>Something the cell's pipeline wrote that has a form of its own.</summary>
    public void ShowResult(MimeBundle content)
    {
        lock (gate)
        {
            Flush();
            textHasLeft = false;
            held.Hold(content);
            Arm();
        }
    }

    /// <summary>Shows something, now.</summary>
    public void Show(MimeBundle content, string? id = null)
    {
        lock (gate)
        {
            Flush();
            textHasLeft = false;
            Sink?.Display(content, id);
        }
    }

    /// <summary>Changes what was shown under an id; changes that follow fast are joined.</summary>
    public void Update(string id, MimeBundle content)
    {
        lock (gate)
        {
            updates.Add(id, content);
            updates.Send(Sink, all: false);
            Arm();
        }
    }

    /// <summary>Clears the cell's output.</summary>
    public void Clear(bool wait)
    {
        lock (gate)
        {
            this.text.Take();
            held.Forget();
            textHasLeft = false;
            Sink?.Clear(wait);
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
            updates.Send(Sink, all: false);
            if (this.isLive && held.IsDue && held.Content is { } content)
            {
                Sink?.Result(content, held.Show());
            }

            if ((this.isLive && held is { Any: true, Id: null }) || updates.Any)
            {
                Arm();
            }
        }
    }

    private void Flush()
    {
        Release();
        SendText();
        updates.Send(Sink, all: true);
    }

    private void Release()
    {
        if (held.Id is not null)
        {
            updates.Send(Sink, all: true);
        }
        else if (held.Content is { } content)
        {
            Sink?.Result(content, null);
        }

        held.Forget();
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
            Sink?.Stream(this.text.Name, this.text.Take());
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
