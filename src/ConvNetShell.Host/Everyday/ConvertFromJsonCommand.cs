using System.Text.Json;
using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>ConvertFrom-Json: JSON as objects.</summary>
[Cmdlet(VerbsData.ConvertFrom, "Json")]
[OutputType(typeof(PSCustomObject), typeof(OrderedHashtable))]
public sealed class ConvertFromJsonCommand : PSCmdlet
{
    private readonly List<string> _lines = [];

    /// <summary>The text; lines that come through the pipeline belong together.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string InputObject { get; set; } = string.Empty;

    /// <summary>Makes hashtables, which keep keys that differ in case.</summary>
    [Parameter]
    public SwitchParameter AsHashtable { get; set; }

    /// <summary>How many levels may be read.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Depth { get; set; } = 1024;

    /// <summary>Keeps a list whole.</summary>
    [Parameter]
    public SwitchParameter NoEnumerate { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _lines.Add(InputObject);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        string text = string.Join('\n', _lines);
        if (string.IsNullOrWhiteSpace(text))
        {
            return;
        }

        try
        {
            var options = new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = Depth };
            using JsonDocument document = JsonDocument.Parse(text, options);
            WriteObject(Read(document.RootElement), !NoEnumerate);
        }
        catch (JsonException exception)
        {
            ThrowTerminatingError(new ErrorRecord(
                new PSArgumentException("Conversion from JSON failed with error: " + exception.Message, exception), "InvalidJson", ErrorCategory.InvalidData, null));
        }
    }

    private object? Read(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object when AsHashtable => ReadTable(element),
        JsonValueKind.Object => ReadObject(element),
        JsonValueKind.Array => element.EnumerateArray().Select(Read).ToArray(),
        JsonValueKind.String => ReadText(element),
        JsonValueKind.Number => ReadNumber(element),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private PSObject ReadObject(JsonElement element)
    {
        var result = new PSObject();
        foreach (JsonProperty property in element.EnumerateObject())
        {
            result.Properties.Remove(property.Name);
            result.Properties.Add(new PSNoteProperty(property.Name, Read(property.Value)));
        }

        return result;
    }

    private OrderedHashtable ReadTable(JsonElement element)
    {
        var result = new OrderedHashtable();
        foreach (JsonProperty property in element.EnumerateObject())
        {
            result[property.Name] = Read(property.Value);
        }

        return result;
    }

    // As in pwsh, a full ISO time is read as a time; a date alone stays text.
    private static object ReadText(JsonElement element)
    {
        string text = element.GetString()!;
        return text.Length >= 19 && text[10] == 'T' && element.TryGetDateTime(out DateTime time) ? time : text;
    }

    private static object ReadNumber(JsonElement element)
    {
        string text = element.GetRawText();
        if (text.AsSpan().ContainsAny('.', 'e', 'E'))
        {
            return element.GetDouble();
        }

        return element.TryGetInt64(out long number)
            ? (object)number
            : System.Numerics.BigInteger.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }
}
