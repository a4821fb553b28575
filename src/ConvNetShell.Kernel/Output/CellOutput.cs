using System.Text;

namespace ConvNetShell.Kernel.Output;

/// <summary>
/// Gathers a cell's output into few messages and keeps its order. What the pipeline came to is held back a moment: it is
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

    private readonly Lock _gate = new();
    private readonly Timer _timer;
    private readonly bool _isLive;
    private readonly StreamText _text;
    private readonly PendingUpdates _updates = new(UpdatePause);
    private ICellSink? _sink;
    private StringBuilder? _heldText;
    private MimeContent? _heldContent;
    private long _heldSince;
    private bool _textHasLeft;
    private bool _isArmed;

    /// <param name="isLive">False where nobody looks on: what is held back then waits for the cell's end, however long.</param>
    /// <param name="limit">How many characters of text a cell may write.</param>
    public CellOutput(bool isLive = true, int limit = 1_000_000)
    {
        _isLive = isLive;
        _text = new StreamText(limit);
        _timer = new Timer(_ => Tick(), null, Timeout.Infinite, Timeout.Infinite);
    }

    private bool Holds => _heldText is not null || _heldContent is not null;

    /// <summary>A cell begins.</summary>
    public void Begin(ICellSink sink)
    {
        lock (_gate)
        {
            Flush();
            _updates.Forget();
            _text.Begin();
            (_sink, _textHasLeft) = (sink, false);
        }
    }

    /// <summary>The cell has ended: all is sent, and what is held back is its result where it went well.</summary>
    public void End(bool succeeded)
    {
        lock (_gate)
        {
            if (succeeded && _text.Length == 0 && (_heldContent ?? HeldText()) is { } result)
            {
                (_heldContent, _heldText) = (null, null);
                _sink?.Result(result);
            }

            Flush();
        }
    }

    /// <summary>Text of a stream.</summary>
    public void Write(string name, string text)
    {
        lock (_gate)
        {
            Release();
            _textHasLeft = false;
            Append(name, text);
        }
    }

    /// <summary>Takes the end of the text back, if it is not on its way yet: it becomes a question.</summary>
    public void TakeBack(string end)
    {
        lock (_gate)
        {
            _text.TakeBack(end);
            SendText();
        }
    }

    /// <summary>Text of the objects that the cell's pipeline wrote.</summary>
    public void WriteResult(string text)
    {
        lock (_gate)
        {
            if (_textHasLeft)
            {
                Append(Out, text);
                return;
            }

            if (_heldText is null)
            {
                Flush();
                (_heldText, _heldSince) = (new StringBuilder(), Environment.TickCount64);
                Arm();
            }

            _heldText.Append(text);
            if (_heldText.Length > MostPending)
            {
                Release();
            }
        }
    }

    /// <summary>Something the cell's pipeline wrote that has a form of its own.</summary>
    public void ShowResult(MimeContent content)
    {
        lock (_gate)
        {
            Flush();
            _textHasLeft = false;
            (_heldContent, _heldSince) = (content, Environment.TickCount64);
            Arm();
        }
    }

    /// <summary>Shows something, now.</summary>
    public void Show(MimeContent content, string? id = null)
    {
        lock (_gate)
        {
            Flush();
            _textHasLeft = false;
            _sink?.Display(content, id);
        }
    }

    /// <summary>Changes what was shown under an id; changes that follow fast are joined.</summary>
    public void Update(string id, MimeContent content)
    {
        lock (_gate)
        {
            _updates.Add(id, content);
            SendUpdates(all: false);
            Arm();
        }
    }

    /// <summary>Takes away what the cell has shown.</summary>
    public void Clear(bool wait)
    {
        lock (_gate)
        {
            _text.Take();
            (_heldContent, _heldText, _textHasLeft) = (null, null, false);
            _sink?.Clear(wait);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Tick()
    {
        lock (_gate)
        {
            _isArmed = false;
            SendText();
            SendUpdates(all: false);
            if (Holds && _isLive && Environment.TickCount64 - _heldSince >= Hold)
            {
                Release();
                SendText();
            }

            if ((Holds && _isLive) || _updates.Any)
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
        _heldText?.ToString().TrimEnd().TrimStart('\r', '\n') is { Length: > 0 } text ? MimeContent.OfText(text) : null;

    private void Release()
    {
        if (_heldContent is { } content)
        {
            _heldContent = null;
            _sink?.Display(content, null);
        }

        if (_heldText is { } text)
        {
            _heldText = null;
            _textHasLeft = true;
            Append(Out, text.ToString());
        }
    }

    private void Append(string name, string text)
    {
        if (_text.Name != name)
        {
            SendText();
        }

        _text.Append(name, text);
        if (_text.Length >= MostPending)
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
        if (_text.Length > 0)
        {
            _sink?.Stream(_text.Name, _text.Take());
        }
    }

    private void SendUpdates(bool all)
    {
        foreach ((string id, MimeContent content) in _updates.Take(all))
        {
            _sink?.Update(content, id);
        }
    }

    private void Arm()
    {
        if (!_isArmed)
        {
            _isArmed = _timer.Change(Gather, Timeout.Infinite);
        }
    }
}
