using System.Globalization;
using System.Text;

namespace ConvNetShell.Kernel.Output;

/// <summary>
/// Text of one stream that is not sent yet, and how much a cell has written: what is above the limit is left out, with a note.
/// </summary>
internal sealed class StreamText(int limit)
{
    private readonly StringBuilder _text = new();
    private int _length;
    private bool _isCut;

    /// <summary>The stream.</summary>
    public string Name { get; private set; } = CellOutput.Out;

    /// <summary>How much is there.</summary>
    public int Length => _text.Length;

    /// <summary>A cell begins.</summary>
    public void Begin() => (_length, _isCut) = (0, false);

    /// <summary>Adds text; before another stream's, what is there must have been taken.</summary>
    public void Append(string name, string text)
    {
        Name = name;
        if (_isCut)
        {
            return;
        }

        if (_length + text.Length > limit)
        {
            text =
                text[..Math.Max(limit - _length, 0)]
                + string.Create(
                    CultureInfo.InvariantCulture,
                    $"\n[This cell has written more than {limit:N0} characters; the rest is left out. Assign it to a variable, "
                        + $"or write it to a file: ... | Out-File all.txt]\n"
                );
            _isCut = true;
        }

        _length += text.Length;
        _text.Append(text);
    }

    /// <summary>Takes the end away again, where it is still there.</summary>
    public void TakeBack(string end)
    {
        int rest = _text.Length - end.Length;
        if (rest >= 0 && Name == CellOutput.Out && _text.ToString(rest, end.Length) == end)
        {
            _text.Length = rest;
        }
    }

    /// <summary>Takes out what is there.</summary>
    public string Take()
    {
        string text = _text.ToString();
        _text.Clear();
        return text;
    }
}
