using System.Collections.ObjectModel;

namespace ConvNetShell.Display.Records.Training;

/// <summary>The values of settings by their names; as text, where a table or a file has no room for more, it lists them.</summary>
/// <param name="values">The values.</param>
public sealed class SettingValues(IReadOnlyDictionary<string, string> values)
    : ReadOnlyDictionary<string, string>(new Dictionary<string, string>(values, StringComparer.OrdinalIgnoreCase))
{
    /// <summary>Lists the settings.</summary>
    /// <returns>For example <c>Epochs 10, BatchSize 32</c>.</returns>
    public override string ToString() => string.Join(", ", this.Select(setting => $"{setting.Key} {setting.Value}"));
}
