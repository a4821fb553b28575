using System.Collections;
using System.Management.Automation;
using ConvNetShell.Display.Mime;
using ConvNetShell.Kernel.Output;
using ConvNetShell.Kernel.Widgets;

namespace ConvNetShell.Kernel.Engine;

/// <summary>What a cell finds as <c>$ConvNetDisplay</c>: shows bundles in the notebook and changes them later.</summary>
public sealed class NotebookDisplay : INotebookDisplay
{
    private readonly CellOutput output;
    private readonly PageScript scripts;

    internal NotebookDisplay(CellOutput output, PageScript scripts, CellWidgets? widgets) =>
        (this.output, this.scripts, Widgets) = (output, scripts, widgets);

    /// <summary>Shows sliders and buttons; null where no front end could move them.</summary>
    internal CellWidgets? Widgets { get; }

    /// <inheritdoc />
    public string Show(MimeBundle bundle)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        string id = Guid.NewGuid().ToString("N");
        this.scripts.ShowFor(bundle);
        this.output.Show(bundle, id);
        return id;
    }

    /// <summary>Shows what a script has made.</summary>
    /// <param name="data">MIME type to content: text, or bytes.</param>
    /// <returns>The id under which it can be changed.</returns>
    public string Show(IDictionary data) => Show(Bundle(data));

    /// <inheritdoc />
    /// <remarks>Changes that follow within half a second are joined.</remarks>
    public void Update(string id, MimeBundle bundle)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentNullException.ThrowIfNull(bundle);
        this.output.Update(id, bundle);
    }

    /// <summary>Replaces what was shown by what a script has made.</summary>
    /// <param name="id">The id from Show.</param>
    /// <param name="data">MIME type to content: text, or bytes.</param>
    public void Update(string id, IDictionary data) => Update(id, Bundle(data));

    /// <summary>Takes away what the cell has shown so far.</summary>
    /// <param name="wait">Whether to wait for the next output, which then takes its place without a flicker.</param>
    public void Clear(bool wait = false) => this.output.Clear(wait);

    private static MimeBundle Bundle(IDictionary data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var plain = new Hashtable(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in data)
        {
            plain[entry.Key] = entry.Value is PSObject wrapped ? wrapped.BaseObject : entry.Value;
        }

        return MimeBundle.From(plain);
    }
}
