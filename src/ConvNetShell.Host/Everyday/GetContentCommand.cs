using System.Collections;
using System.Management.Automation.Provider;
using System.Text;
using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>Get-Content: the lines of files, or what another provider's item holds.</summary>
[Cmdlet(VerbsCommon.Get, "Content", DefaultParameterSetName = PathSet)]
[OutputType(typeof(string))]
public sealed class GetContentCommand : PathCommandBase
{
    /// <summary>Reads a file as one string.</summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }

    /// <summary>How many lines from the start.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("First", "Head")]
    [ValidateRange(0, int.MaxValue)]
    public int? TotalCount { get; set; }

    /// <summary>How many lines from the end.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Last")]
    [ValidateRange(0, int.MaxValue)]
    public int? Tail { get; set; }

    /// <summary>The text encoding where the file has no mark; UTF-8 when left out.</summary>
    [Parameter]
    [TextEncoding]
    public Encoding Encoding { get; set; } = TextEncodingAttribute.Default;

    /// <inheritdoc/>
    protected override void ProcessPath(string path)
    {
        foreach (string found in Resolve(path, out ProviderInfo provider))
        {
            bool isFile = provider.Name == "FileSystem";
            if (isFile && Raw)
            {
                WriteObject(File.ReadAllText(found, Encoding));
                continue;
            }

            IEnumerable<object?> lines = isFile ? File.ReadLines(found, Encoding) : ItemValues(path);
            lines = TotalCount is { } count ? lines.Take(count) : lines;
            lines = Tail is { } tail ? lines.TakeLast(tail) : lines;
            foreach (object? line in lines)
            {
                if (Stopping)
                {
                    return;
                }

                WriteObject(line);
            }
        }
    }

    private IEnumerable<object?> ItemValues(string path)
    {
        foreach (IContentReader reader in InvokeProvider.Content.GetReader([path], force: true, IsLiteral))
        {
            using (reader)
            {
                while (reader.Read(1) is { Count: > 0 } block)
                {
                    foreach (object? value in (IList)block)
                    {
                        yield return value;
                    }
                }
            }
        }
    }
}
