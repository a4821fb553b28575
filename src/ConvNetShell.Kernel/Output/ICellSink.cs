namespace ConvNetShell.Kernel.Output;

/// <summary>Where a cell's output ends: a front end, or a notebook's file.</summary>
internal interface ICellSink
{
    /// <summary>Text of standard output or standard error.</summary>
    void Stream(string name, string text);

    /// <summary>Something to show; with an id it can be changed later.</summary>
    void Display(MimeContent content, string? id);

    /// <summary>Replaces the output of an id.</summary>
    void Update(MimeContent content, string id);

    /// <summary>The cell's result.</summary>
    void Result(MimeContent content);

    /// <summary>Clears the cell's output, immediately or when the next output comes.</summary>
    void Clear(bool wait);
}
