using System.Text.Json.Serialization;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Sweeps.Search;

/// <summary>The values that a sweep tries for one parameter.</summary>
[JsonDerivedType(typeof(SearchRange), "range")]
[JsonDerivedType(typeof(SearchChoices), "choices")]
public abstract record SearchDimension
{
    /// <summary>
    /// Gets the parameters and the values of them with which this parameter is used at all; with others it is left out. Default: always.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<object>>? When { get; init; }

    /// <summary>Returns the values of a grid.</summary>
    /// <returns>The values in order.</returns>
    public abstract IReadOnlyList<object> Grid();

    /// <summary>Returns a value, all equally likely (of a logarithmic range, all powers).</summary>
    /// <param name="random">The random numbers.</param>
    /// <returns>The value.</returns>
    public abstract object Draw(SeededRandom random);
}
