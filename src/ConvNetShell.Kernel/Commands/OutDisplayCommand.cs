using System.Collections;
using System.Globalization;
using System.Management.Automation;
using ConvNetShell.Display;

namespace ConvNetShell.Kernel.Commands;

/// <summary>
/// Shows something in the notebook at once, wherever in a cell it is: an object as its picture or chart, HTML, or any MIME
/// type. With -Id it replaces an earlier output. In a terminal it writes text.
/// </summary>
/// <example><code>New-Network -Preset LeNet5 | Out-Display</code></example>
/// <example><code>'&lt;b&gt;done&lt;/b&gt;' | Out-Display -Html</code></example>
/// <example>
/// <code>
/// $id = 'epoch 0' | Out-Display -PassThru
/// 1..3 | ForEach-Object { "epoch $_" | Out-Display -Id $id }
/// </code>
/// </example>
[Cmdlet(VerbsData.Out, "Display", DefaultParameterSetName = "Object", HelpUri = ProjectLinks.Help + "Out-Display")]
[OutputType(typeof(string))]
public sealed class OutDisplayCommand : PSCmdlet
{
    private const string Renderer = "ConvertTo-MimeBundle",
        Plain = "text/plain";
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

    /// <summary>Gets or sets the id, from -PassThru, of the output to replace.</summary>
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
        object? display = SessionState.PSVariable.GetValue("ConvNetDisplay");
        IDictionary[] contents =
        [
            .. Html ? [Text("text/html")]
            : Mime is not null ? [Data()]
            : Objects(),
        ];
        foreach (IDictionary content in contents)
        {
            if (display is null)
            {
                Host.UI.WriteLine(Convert.ToString(content[Plain] ?? content.Values.Cast<object>().First(), CultureInfo.CurrentCulture));
            }
            else if (Id is not null)
            {
                PSObject.AsPSObject(display).Methods["Update"].Invoke(Id, content);
            }
            else if (PSObject.AsPSObject(display).Methods["Show"].Invoke(content) is { } id && PassThru)
            {
                WriteObject(id);
            }
        }
    }

    private Hashtable Text(string mime) =>
        new() { [mime] = string.Join('\n', items.Select(item => LanguagePrimitives.ConvertTo<string>(item))) };

    // Bytes come one by one through a pipeline, or as an array.
    private Hashtable Data() =>
        items.Count > 0 && items.All(item => item.BaseObject is byte)
            ? new() { [Mime!] = items.Select(item => (byte)item.BaseObject).ToArray() }
        : items is [{ BaseObject: byte[] bytes }] ? new() { [Mime!] = bytes }
        : Text(Mime!);

    private IEnumerable<IDictionary> Objects()
    {
        if (
            items.Exists(item => item.BaseObject.GetType().FullName!.StartsWith("ConvNetShell.", StringComparison.Ordinal))
            && InvokeCommand.GetCommand(Renderer, CommandTypes.Cmdlet | CommandTypes.Function) is not null
        )
        {
            IDictionary[] bundles =
            [
                .. Run($"$input | {Renderer}")
                    .Select(bundle => bundle.Properties["Data"]?.Value)
                    .OfType<IEnumerable<KeyValuePair<string, string>>>()
                    .Select(data => data.ToDictionary(entry => entry.Key, entry => entry.Value)),
            ];
            if (bundles.Length > 0)
            {
                return bundles;
            }
        }

        string text = string.Concat(Run("$input | Out-String")).ReplaceLineEndings("\n").Trim('\n');
        return [new Hashtable { [Plain] = text }];
    }

    private IEnumerable<PSObject> Run(string script) =>
        InvokeCommand.InvokeScript(true, InvokeCommand.NewScriptBlock(script), items.ToArray());
}
