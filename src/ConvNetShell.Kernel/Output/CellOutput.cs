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
    private readonly StreamText text;
    private readonly HeldResult held = new();
    private readonly PendingUpdates updates = new(UpdatePause);
    private ICellSink? sink;
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
            if (textHasLeft)
            {
                Append(Out, text);
                return;
            }

            if (held.TextLength is null)
            {
                Flush();
                Arm();
            }

            if ((held.TextLength ?? 0) + text.Length > MostResult)
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
            this.sink?.Display(content, id);
        }
    }

    /// <summary>Changes what was shown under an id; changes that follow fast are joined.</summary>
    public void Update(string id, MimeBundle content)
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
            held.Forget();
            textHasLeft = false;
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
            if (this.isLive && held.IsDue && held.Content is { } content)
            {
                this.sink?.Result(content, held.Show());
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
        SendUpdates(all: true);
    }

    private void Release()
    {
        if (held.Id is not null)
        {
            SendUpdates(all: true);
        }
        else if (held.Content is { } content)
        {
            this.sink?.Result(content, null);
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
            this.sink?.Stream(this.text.Name, this.text.Take());
        }
    }

    private void SendUpdates(bool all)
    {
        foreach ((string id, MimeBundle content) in updates.Take(all))
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
