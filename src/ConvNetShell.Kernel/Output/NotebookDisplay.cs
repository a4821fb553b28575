using System.Collections;
using ConvNetShell.Kernel.Engine;

namespace ConvNetShell.Kernel.Output;

/// <summary>
/// The variable <c>$ConvNetDisplay</c> of a cell: shows objects in the notebook and updates them later. Keys of the
/// dictionaries are MIME types; binary content is base64 text or bytes.
/// </summary>
public sealed class NotebookDisplay
{
    private readonly CellOutput output;
    private readonly PageScript scripts;

    internal NotebookDisplay(CellOutput output, PageScript scripts) => (this.output, this.scripts) = (output, scripts);

    /// <summary>Shows something.</summary>
    /// <param name="data">MIME type to content.</param>
    /// <returns>The id under which it can be changed.</returns>
    public string Show(IDictionary data)
    {
        ArgumentNullException.ThrowIfNull(data);
        string id = Guid.NewGuid().ToString("N");
        MimeContent content = MimeContent.From(data);
        this.scripts.ShowFor(content);
        this.output.Show(content, id);
        return id;
    }

    /// <summary>Updates an output; updates within half a second are joined.</summary>
    /// <param name="id">What <see cref="Show"/> returned.</param>
    /// <param name="data">MIME type to content.</param>
    public void Update(string id, IDictionary data)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentNullException.ThrowIfNull(data);
        this.output.Update(id, MimeContent.From(data));
    }

    /// <summary>Clears the cell's output so far.</summary>
    /// <param name="wait">Whether to wait for the next output, which then replaces it without flicker.</param>
    public void Clear(bool wait = false) => this.output.Clear(wait);
}
