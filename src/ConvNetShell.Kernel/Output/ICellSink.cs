using ConvNetShell.Display.Mime;

namespace ConvNetShell.Kernel.Output;

/// <summary>Where a cell's output ends: a front end, or a notebook's file.</summary>
internal interface ICellSink
{
    /// <summary>Text of standard output or standard error.</summary>
    void Stream(string name, string text);

    /// <summary>Something to show; with an id it can be changed later.</summary>
    void Display(MimeBundle content, string? id);

    /// <summary>Replaces what was shown under an id.</summary>
    void Update(MimeBundle content, string id);

    /// <summary>What the cell's pipeline put out; with an id it can be changed later.</summary>
    void Result(MimeBundle content, string? id);

    /// <summary>Clears the cell's output, immediately or when the next output comes.</summary>
    void Clear(bool wait);

    /// <summary>A message to the front end's part of a widget.</summary>
    void Comm(CommMessage message);
}
