using System.Collections;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ConvNetShell.Core.Sweeps.Search;

/// <summary>The values of one trial by parameter, in the order of the sweep; names in any case.</summary>
public sealed class TrialParameters : OrderedDictionary<string, object>
{
    /// <summary>Initializes a new instance of the <see cref="TrialParameters"/> class.</summary>
    public TrialParameters()
        : base(StringComparer.OrdinalIgnoreCase) { }

    /// <summary>Returns the identity of a trial: a hash of the parameters, whatever their order, and of the repetition.</summary>
    /// <param name="repetition">The repetition, from 0.</param>
    /// <returns>Twelve hexadecimal digits.</returns>
    public string Identity(int repetition)
    {
        var text = new StringBuilder();
        foreach ((string name, object value) in this.OrderBy(pair => pair.Key.ToUpperInvariant(), StringComparer.Ordinal))
        {
            text.Append(name.ToUpperInvariant()).Append('=').Append(Text(value)).Append('\n');
        }
        text.Append(CultureInfo.InvariantCulture, $"#{repetition}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 6));
    }

    /// <summary>Says the values.</summary>
    /// <returns>For example <c>LearningRate 0.01, Optimizer SGD</c>.</returns>
    public override string ToString() => string.Join(", ", this.Select(pair => $"{pair.Key} {Word(pair.Value)}"));

    /// <summary>Returns whether two values are the same: numbers by value, texts in any case.</summary>
    internal static bool AreEqual(object first, object second) =>
        string.Equals(Text(first), Text(second), StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns a value as a word.</summary>
    internal static string Word(object value) => value is double number ? number.ToString("G4", CultureInfo.InvariantCulture) : Text(value);

    private static string Text(object value) =>
        value switch
        {
            double or float or decimal or long or int or short or byte => Convert
                .ToDouble(value, CultureInfo.InvariantCulture)
                .ToString("R", CultureInfo.InvariantCulture),
            string text => text,
            IEnumerable list => string.Join(' ', list.Cast<object>().Select(Text)),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty,
        };
}
