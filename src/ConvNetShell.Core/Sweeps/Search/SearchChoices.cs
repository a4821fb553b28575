using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Sweeps.Search;

/// <summary>A list of values to search, without an order.</summary>
public sealed record SearchChoices : SearchDimension
{
    /// <summary>Initializes a new instance of the <see cref="SearchChoices"/> class.</summary>
    /// <param name="values">The values: numbers, texts or truth values.</param>
    /// <exception cref="InvalidSettingException">There is none.</exception>
    public SearchChoices(IReadOnlyList<object> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0)
        {
            throw new InvalidSettingException("Parameter", "at least one value for each name", "an empty list");
        }
        Values = values.ToArray(); // which a prompt can index
    }

    /// <summary>Gets the values.</summary>
    public IReadOnlyList<object> Values { get; }

    /// <inheritdoc />
    public override IReadOnlyList<object> Grid() => Values;

    /// <inheritdoc />
    public override object Draw(SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return Values[random.NextInt(Values.Count)];
    }

    /// <summary>Says the values.</summary>
    /// <returns>For example <c>SGD, Adam</c>.</returns>
    public override string ToString() => string.Join(", ", Values.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture)));
}
