using System.Collections;
using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>Turns objects into lines of separated values; the first object decides the columns.</summary>
public abstract class CsvWriterBase : PSCmdlet
{
    private string[]? _columns;

    /// <summary>The objects.</summary>
    [Parameter(Position = 1, Mandatory = true, ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>What separates values.</summary>
    [Parameter]
    public char Delimiter { get; set; } = ',';

    /// <summary>Which values get quotes: all, none, or those that need them.</summary>
    [Parameter]
    [Alias("UQ")]
    [ValidateSet("Always", "AsNeeded", "Never")]
    public string UseQuotes { get; set; } = "Always";

    /// <summary>Leaves out the line of names.</summary>
    [Parameter]
    public SwitchParameter NoHeader { get; set; }

    /// <summary>Accepted as in pwsh; there is no type line.</summary>
    [Parameter]
    [Alias("NTI")]
    public SwitchParameter NoTypeInformation { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is null)
        {
            return;
        }

        if (_columns is null)
        {
            _columns = ColumnsOf(InputObject);
            if (!NoHeader)
            {
                WriteLine(Line(_columns));
            }
        }

        WriteLine(Line(_columns.Select(column => TextOf(InputObject, column))));
    }

    /// <summary>Takes the columns of a file that is already there.</summary>
    /// <param name="columns">Their names.</param>
    protected void UseColumns(string[] columns)
    {
        _columns = columns;
    }

    /// <summary>Takes one line.</summary>
    /// <param name="line">The line, without its end.</param>
    protected abstract void WriteLine(string line);

    private static string[] ColumnsOf(PSObject item) => item.BaseObject is IDictionary table
        ? [.. table.Keys.Cast<object>().Select(key => LanguagePrimitives.ConvertTo<string>(key))]
        : [.. item.Properties.Select(property => property.Name)];

    private static string? TextOf(PSObject item, string column)
    {
        object? value = item.BaseObject is IDictionary table ? table[column] : item.Properties[column]?.Value;
        return value is null ? null : LanguagePrimitives.ConvertTo<string>(value);
    }

    private string Line(IEnumerable<string?> values) => string.Join(Delimiter, values.Select(Quote));

    private string? Quote(string? value)
    {
        bool quote = UseQuotes == "Always" || (UseQuotes == "AsNeeded" && value is not null && value.AsSpan().ContainsAny([Delimiter, '"', '\n', '\r']));
        return value is null || !quote ? value : '"' + value.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
    }
}
