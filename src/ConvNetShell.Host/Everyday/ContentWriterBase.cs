using System.Management.Automation.Provider;
using System.Text;
using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>Writes values to files, a line each, or to another provider's items.</summary>
public abstract class ContentWriterBase : PSCmdlet, IDisposable
{
    private readonly List<Action<object?>> _sinks = [];
    private readonly List<IDisposable> _open = [];

    /// <summary>The items; wildcards are resolved.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "Path", ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The items, taken as they are.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath", ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get => Path; set => Path = value; }

    /// <summary>What to write.</summary>
    [Parameter(Position = 1, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public object?[]? Value { get; set; }

    /// <summary>The text encoding; UTF-8 without a mark when left out.</summary>
    [Parameter]
    [TextEncoding]
    public Encoding Encoding { get; set; } = TextEncodingAttribute.Default;

    /// <summary>Writes to read-only files too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Leaves out the line ends.</summary>
    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    /// <summary>Passes the values on.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>True to write after what is there.</summary>
    protected abstract bool Appends { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _open.ForEach(item => item.Dispose());
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected sealed override void BeginProcessing()
    {
        foreach (string path in Path)
        {
            string full = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            bool literal = ParameterSetName == "LiteralPath" || !WildcardPattern.ContainsWildcardCharacters(path);
            foreach (string target in literal ? [full] : SessionState.Path.GetResolvedProviderPathFromPSPath(path, out provider).ToArray())
            {
                if (ShouldProcess(target))
                {
                    Open(path, target, provider);
                }
            }
        }
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        foreach (object? value in Value ?? [null])
        {
            _sinks.ForEach(sink => sink(value));
        }

        if (PassThru)
        {
            WriteObject(Value, enumerateCollection: true);
        }
    }

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Dispose();

    private void Open(string path, string target, ProviderInfo provider)
    {
        if (provider.Name == "FileSystem")
        {
            StreamWriter writer = TextFiles.OpenWriter(this, target, Encoding, Appends, Force, noClobber: false);
            _open.Add(writer);
            _sinks.Add(value => writer.Write(LanguagePrimitives.ConvertTo<string>(value) + (NoNewline ? string.Empty : Environment.NewLine)));
            return;
        }

        if (!Appends)
        {
            InvokeProvider.Content.Clear([path], Force, literalPath: true);
        }

        foreach (IContentWriter writer in InvokeProvider.Content.GetWriter([path], Force, literalPath: true))
        {
            _open.Add(writer);
            _sinks.Add(value => writer.Write(new[] { value }));
        }
    }
}
