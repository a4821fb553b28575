using System.Globalization;
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

    private const int MostPending = 64 * 1024;
    private const int Gather = 50, Hold = 250, UpdatePause = 500;

    private readonly Lock _gate = new();
    private readonly Timer _timer;
    private readonly StringBuilder _text = new();
    private readonly PendingUpdates _updates = new(UpdatePause);
    private readonly int _limit;
    private ICellSink? _sink;
    private string _name = Out;
    private StringBuilder? _heldText;
    private MimeContent? _heldContent;
    private long _heldSince;
    private bool _textHasLeft;
    private int _length;
    private bool _isCut;
    private bool _isArmed;

    /// <param name="limit">How many characters of text a cell may write.</param>
    public CellOutput(int limit = 1_000_000)
    {
        _limit = limit;
        _timer = new Timer(_ => Tick(), null, Timeout.Infinite, Timeout.Infinite);
    }

    /// <summary>A cell begins.</summary>
    public void Begin(ICellSink sink)
    {
        lock (_gate)
        {
            Flush();
            _updates.Forget();
            (_sink, _length, _isCut, _textHasLeft) = (sink, 0, false, false);
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
            int rest = _text.Length - end.Length;
            if (rest >= 0 && _name == Out && _text.ToString(rest, end.Length) == end)
            {
                _text.Length = rest;
            }

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

            if (_heldContent is not null || _text.Length > 0)
            {
                Flush();
            }

            if (_heldText is null)
            {
                _heldText = new StringBuilder();
                _heldSince = Environment.TickCount64;
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
            _text.Clear();
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
            bool holds = _heldText is not null || _heldContent is not null;
            if (holds && Environment.TickCount64 - _heldSince >= Hold)
            {
                Release();
                SendText();
                holds = false;
            }

            if (holds || _updates.Any)
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

    private MimeContent? HeldText() => _heldText?.ToString().TrimEnd().TrimStart('\r', '\n') is { Length: > 0 } text ? MimeContent.OfText(text) : null;

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
        if (_name != name)
        {
            SendText();
            _name = name;
        }

        if (_isCut)
        {
            return;
        }

        if (_length + text.Length > _limit)
        {
            text = text[..Math.Max(_limit - _length, 0)] + string.Create(
                CultureInfo.InvariantCulture,
                $"\n[This cell has written more than {_limit:N0} characters; the rest is left out. Assign it to a variable, or write it to a file: ... | Out-File all.txt]\n");
            _isCut = true;
        }

        _length += text.Length;
        _text.Append(text);
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
            _sink?.Stream(_name, _text.ToString());
            _text.Clear();
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
