using System.Globalization;
using System.Text;

namespace ConvNetShell.Kernel.Output;

/// <summary>
/// Text of one stream that is not sent yet, and how much a cell has written: text above the limit is left out, with a note.
/// </summary>
internal sealed class StreamText(int limit)
{
    private readonly StringBuilder text = new();
    private int length;
    private bool isCut;

    /// <summary>The stream.</summary>
    public string Name { get; private set; } = CellOutput.Out;

    /// <summary>How much is there.</summary>
    public int Length => this.text.Length;

    /// <summary>Adds text; take the text of another stream first.</summary>
    public void Append(string name, string text)
    {
        Name = name;
        if (isCut)
        {
            return;
        }

        if (length + text.Length > limit)
        {
            text =
                text[..Math.Max(limit - length, 0)]
                + string.Create(
                    CultureInfo.InvariantCulture,
                    $"\n[This cell has written more than {limit:N0} characters; the rest is left out. Assign it to a variable, "
                        + $"or write it to a file: ... | Out-File all.txt]\n"
                );
            isCut = true;
        }

        length += text.Length;
        this.text.Append(text);
    }

    /// <summary>Takes the end away again, where it is still there.</summary>
    public void TakeBack(string end)
    {
        int rest = this.text.Length - end.Length;
        if (rest >= 0 && Name == CellOutput.Out && this.text.ToString(rest, end.Length) == end)
        {
            this.text.Length = rest;
        }
    }

    /// <summary>Takes the text.</summary>
    public string Take()
    {
        string text = this.text.ToString();
        this.text.Clear();
        return text;
    }
}
