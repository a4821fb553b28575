using System.Management.Automation;
using ConvNetShell.Display.Mime;
using ConvNetShell.Kernel.Engine;
using ConvNetShell.Kernel.Output;
using ConvNetShell.Kernel.Shells;

namespace ConvNetShell.Kernel.Debugging;

/// <summary>
/// Draws values as cells show them, in a session of its own, so that it needs not wait for a cell. The session is opened with the first
/// value; all values are drawn on one thread.
/// </summary>
internal sealed class Inspector(ShellContext context) : IDisposable
{
    private const string Script = """
        param($value, $draw)
        if ($draw) { return , $value | ConvertTo-MimeBundle -PassThru }
        ($value | Select-Object -First 100 | Out-String -Width 120).Trim("`r", "`n")
        """;

    private CellOutput? output;
    private CellSession? session;

    /// <summary>Draws a value; to be called on one thread.</summary>
    /// <exception cref="RuntimeException">It cannot be drawn.</exception>
    public MimeBundle Render(object? value)
    {
        PSObject item = PSObject.AsPSObject(value ?? "$null");
        CellSession session = this.session ?? Open();
        bool isOurs = MimeRenderer.Takes(item) && context.Options.ModulePath is not null;
        var forms = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (PSObject part in session.Collect(Script, value ?? "$null", isOurs))
        {
            if (part.BaseObject is MimeBundle bundle)
            {
                return bundle.NeedsPageScript ? Still(bundle) : bundle;
            }

            forms[MimeBundle.PlainText] = part.ToString();
        }

        if (ObjectTable.Takes(item))
        {
            forms[MimeBundle.Html] = ObjectTable.Html([item]);
        }

        return new MimeBundle(forms.Count > 0 ? forms : new Dictionary<string, string> { [MimeBundle.PlainText] = string.Empty });
    }

    /// <summary>Stops the drawing, if one is under way.</summary>
    public void Stop() => this.session?.Stop();

    /// <inheritdoc/>
    public void Dispose()
    {
        this.session?.Dispose();
        this.output?.Dispose();
    }

    private CellSession Open()
    {
        this.output = new CellOutput(isLive: false);
        this.session = new CellSession(context.Options.SessionState.Clone(), output, context.Sharing);
        if (this.session.Prepare(context.Options.ModulePath, context.Options.WorkingDirectory) is { } problem)
        {
            context.Log(problem);
        }

        return this.session;
    }

    private static MimeBundle Still(MimeBundle bundle) =>
        new(bundle.Data.Where(form => form.Key is not MimeBundle.Html and not MimeBundle.Plotly), bundle.Metadata);
}
