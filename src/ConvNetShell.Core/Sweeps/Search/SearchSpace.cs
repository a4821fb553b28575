using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Sweeps.Search;

/// <summary>The parameters of a sweep with the values to try.</summary>
public sealed class SearchSpace
{
    /// <summary>Initializes a new instance of the <see cref="SearchSpace"/> class.</summary>
    /// <param name="dimensions">The parameters in order; one that others depend on is moved before them.</param>
    /// <exception cref="InvalidSettingException">There is none, or a condition names a parameter that does not exist or depends on
    /// it.</exception>
    public SearchSpace(IReadOnlyList<KeyValuePair<string, SearchDimension>> dimensions)
    {
        ArgumentNullException.ThrowIfNull(dimensions);
        if (dimensions.Count == 0)
        {
            throw new InvalidSettingException("Parameter", "at least one name with values to try", "none");
        }
        Dimensions = Sorted([.. dimensions]);
    }

    /// <summary>Gets the parameters; each after those it depends on.</summary>
    public IReadOnlyList<KeyValuePair<string, SearchDimension>> Dimensions { get; }

    /// <summary>Returns whether a parameter is used beside others.</summary>
    /// <param name="dimension">The parameter's values.</param>
    /// <param name="others">The values of the parameters before it.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsActive(SearchDimension dimension, TrialParameters others)
    {
        ArgumentNullException.ThrowIfNull(dimension);
        ArgumentNullException.ThrowIfNull(others);
        return dimension.When is null
            || dimension.When.All(condition =>
                others.TryGetValue(condition.Key, out object? value)
                && condition.Value.Any(wanted => TrialParameters.AreEqual(wanted, value))
            );
    }

    /// <summary>Returns the parameters of a trial.</summary>
    /// <param name="choose">Chooses a value of a parameter that is used.</param>
    /// <returns>The parameters.</returns>
    public TrialParameters Fill(Func<string, SearchDimension, object> choose)
    {
        ArgumentNullException.ThrowIfNull(choose);
        var parameters = new TrialParameters();
        foreach ((string name, SearchDimension dimension) in Dimensions)
        {
            if (IsActive(dimension, parameters))
            {
                parameters.Add(name, choose(name, dimension));
            }
        }
        return parameters;
    }

    /// <summary>Returns random parameters.</summary>
    /// <param name="random">The random numbers.</param>
    /// <returns>The parameters.</returns>
    public TrialParameters Draw(SeededRandom random) => Fill((_, dimension) => dimension.Draw(random));

    /// <summary>Returns all points of the grid, the last parameter changing quickest.</summary>
    /// <returns>The points.</returns>
    public IEnumerable<TrialParameters> Grid()
    {
        IEnumerable<TrialParameters> points = [new TrialParameters()];
        foreach ((string name, SearchDimension dimension) in Dimensions)
        {
            points = points.SelectMany(point =>
                IsActive(dimension, point) ? dimension.Grid().Select(value => With(point, name, value)) : [point]
            );
        }
        return points;
    }

    private static TrialParameters With(TrialParameters point, string name, object value)
    {
        var longer = new TrialParameters();
        foreach ((string known, object other) in point)
        {
            longer.Add(known, other);
        }
        longer.Add(name, value);
        return longer;
    }

    private static List<KeyValuePair<string, SearchDimension>> Sorted(List<KeyValuePair<string, SearchDimension>> left)
    {
        var sorted = new List<KeyValuePair<string, SearchDimension>>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        while (left.Count > 0)
        {
            int next = left.FindIndex(item => item.Value.When?.Keys.All(names.Contains) ?? true);
            if (next < 0)
            {
                throw new InvalidSettingException(
                    "When",
                    $"a condition on other parameters of the sweep, without a circle ({string.Join(", ", names)})",
                    string.Join(", ", left[0].Value.When!.Keys)
                );
            }
            names.Add(left[next].Key);
            sorted.Add(left[next]);
            left.RemoveAt(next);
        }
        return sorted;
    }
}
