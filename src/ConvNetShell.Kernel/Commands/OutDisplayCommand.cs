using System.Globalization;
using System.Management.Automation;
using System.Net;
using System.Text.RegularExpressions;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Text;
using ConvNetShell.Kernel.Engine;

namespace ConvNetShell.Kernel.Commands;

/// <summary>
/// Shows something in the notebook at once, wherever in a cell it is: an object as its picture or chart, HTML, or any MIME
/// type. With -Id it replaces an earlier output. In a terminal it writes text.
/// </summary>
/// <example>
/// <code>New-Network -Preset LeNet5 | Out-Display</code>
/// In a notebook, the network as a table of layers; elsewhere its text.
/// </example>
/// <example>
/// <code>'&lt;b&gt;done&lt;/b&gt;' | Out-Display -Html</code>
/// HTML, shown as it is.
/// </example>
/// <example>
/// <code>
/// $id = 'epoch 0' | Out-Display -PassThru
/// 1..3 | ForEach-Object { "epoch $_" | Out-Display -Id $id }
/// </code>
/// One line that changes.
/// </example>
[Cmdlet(VerbsData.Out, "Display", DefaultParameterSetName = "Object", HelpUri = ProjectLinks.Help + "Out-Display")]
[OutputType(typeof(string))]
public sealed partial class OutDisplayCommand : PSCmdlet
{
    private readonly List<PSObject> items = [];

    /// <summary>Gets or sets the objects to show; all piped objects are shown together.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>Gets or sets a value indicating whether the input is HTML.</summary>
    [Parameter(ParameterSetName = "Html")]
    public SwitchParameter Html { get; set; }

    /// <summary>Gets or sets the MIME type of the input, for example image/svg+xml; bytes are sent as base64.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Mime")]
    [Alias("MimeType")] // as .NET Interactive's cmdlet of this name has it
    [ValidatePattern("^[^/ ]+/[^/ ]+$")]
    public string? Mime { get; set; }

    /// <summary>Gets or sets the id, from -PassThru, of the output to replace. Default: a new output.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Id { get; set; }

    /// <summary>Gets or sets a value indicating whether to write the id under which it can be changed.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (InputObject is { } item)
        {
            items.Add(item);
        }
    }

    /// <inheritdoc />
    protected override void EndProcessing()
    {
        object? variable = SessionState.PSVariable.GetValue(INotebookDisplay.Variable);
        var display = (variable is PSObject wrapped ? wrapped.BaseObject : variable) as INotebookDisplay;
        IReadOnlyList<MimeBundle> bundles =
            Html ? [Text(MimeBundle.Html, Words)]
            : Mime is not null ? [Data(Mime)]
            : Objects();
        foreach (MimeBundle bundle in bundles)
        {
            if (display is null)
            {
                Host.UI.WriteLine(bundle.Data.GetValueOrDefault(MimeBundle.PlainText) ?? bundle.Data.Values.First());
            }
            else if (Id is not null)
            {
                display.Update(Id, bundle);
            }
            else if (display.Show(bundle) is { } id && PassThru)
            {
                WriteObject(id);
            }
        }
    }

    private MimeBundle Text(string mime, Func<string, string> plain)
    {
        string text = string.Join('\n', items.Select(item => LanguagePrimitives.ConvertTo<string>(item)));
        return Bundle(mime, text, plain(text));
    }

    // Bytes come one by one through a pipeline, or as an array.
    private MimeBundle Data(string mime)
    {
        byte[]? bytes =
            items.Count > 0 && items.All(item => item.BaseObject is byte) ? [.. items.Select(item => (byte)item.BaseObject)]
            : items is [{ BaseObject: byte[] array }] ? array
            : null;
        return bytes is null
            ? Text(mime, text => text)
            : Bundle(mime, Convert.ToBase64String(bytes), string.Create(CultureInfo.InvariantCulture, $"{mime}, {bytes.Length:N0} bytes"));
    }

    private static string Words(string html) => WebUtility.HtmlDecode(Tag().Replace(html, " ")).Trim();

    [GeneratedRegex(
        "<(script|style)\\b.*?</\\1\\s*>|<[^>]*>",
        RegexOptions.IgnoreCase | RegexOptions.Singleline,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Tag();

    private IReadOnlyList<MimeBundle> Objects()
    {
        IReadOnlyList<PSObject> contents =
            items.Exists(MimeRenderer.Takes) && MimeRenderer.IsThere(InvokeCommand) ? MimeRenderer.Render(items) : items;
        var bundles = new List<MimeBundle>();
        var others = new List<PSObject>(); // consecutive objects without a figure are one table
        foreach (PSObject content in contents)
        {
            if (content.BaseObject is MimeBundle bundle)
            {
                AddTable(others, bundles);
                bundles.Add(bundle);
            }
            else
            {
                others.Add(content);
            }
        }

        AddTable(others, bundles, orEmpty: bundles.Count == 0);
        return bundles;
    }

    private void AddTable(List<PSObject> rows, List<MimeBundle> bundles, bool orEmpty = false)
    {
        if (rows.Count > 0 || orEmpty)
        {
            string text = string.Concat(
                InvokeCommand.InvokeScript(true, InvokeCommand.NewScriptBlock("$input | Out-String"), rows.ToArray())
            );
            text = text.ReplaceLineEndings("\n").Trim('\n');
            bundles.Add(
                rows.Count > 0 && rows.TrueForAll(ObjectTable.Takes)
                    ? Bundle(MimeBundle.Html, ObjectTable.Html(rows), text)
                    : new MimeBundle([KeyValuePair.Create(MimeBundle.PlainText, text)])
            );
            rows.Clear();
        }
    }

    // A front end that cannot draw the form shows the text.
    private static MimeBundle Bundle(string mime, string content, string plain) =>
        new(new Dictionary<string, string> { [MimeBundle.PlainText] = plain, [mime] = content });
}
