using System.Collections.ObjectModel;

namespace ConvNetShell.Display.Text;

/// <summary>Names with values that are words in a table of text: TorchSharp 0.107.0, .NET 10.0.1.</summary>
/// <param name="values">The values by name.</param>
public sealed class RecordTable(IDictionary<string, string> values) : ReadOnlyDictionary<string, string>(values)
{
    /// <summary>Says the names and values.</summary>
    /// <returns>For example <c>TorchSharp 0.107.0, .NET 10.0.1</c>.</returns>
    public override string ToString() => string.Join(", ", this.Select(pair => $"{pair.Key} {pair.Value}"));
}
