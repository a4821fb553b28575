using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Sweeps.Search;
using ConvNetShell.Core.Sweeps.Storage;
using ConvNetShell.Display.Records.Sweeps;

namespace ConvNetShell.Core.Sweeps.Analysis;

/// <summary>The parameters of a sweep as axes of a chart.</summary>
internal sealed class SweepAxes
{
    private readonly IReadOnlyList<KeyValuePair<string, SearchDimension>> dimensions;

    /// <summary>Initializes a new instance of the <see cref="SweepAxes"/> class.</summary>
    /// <param name="sweep">The sweep.</param>
    /// <param name="names">The parameters, in any case; empty for all.</param>
    /// <exception cref="NameNotFoundException">The sweep has no parameter of a name.</exception>
    public SweepAxes(Sweep sweep, IReadOnlyList<string> names)
    {
        IReadOnlyList<KeyValuePair<string, SearchDimension>> all = sweep.Definition.Parameters;
        KeyValuePair<string, SearchDimension> Find(string name) =>
            all.Where(item => item.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).ToArray() is [var found]
                ? found
                : throw new NameNotFoundException("Parameter.NotFound", "Parameter", [.. all.Select(item => item.Key)], name);
        dimensions = names.Count == 0 ? all : [.. names.Distinct(StringComparer.OrdinalIgnoreCase).Select(Find)];
        Parameters = dimensions.Select(item => Parameter(item.Key, item.Value)).ToArray();
    }

    /// <summary>Gets the axes.</summary>
    public IReadOnlyList<SweepParameter> Parameters { get; }

    /// <summary>Returns the numbers of a trial on the axes; not a number for a parameter it does not use.</summary>
    public double[] Of(TrialParameters trial) =>
        [
            .. dimensions.Select(item =>
                !trial.TryGetValue(item.Key, out object? value) ? double.NaN
                : item.Value is SearchChoices choices ? choices.Values.ToList().FindIndex(known => TrialParameters.AreEqual(known, value))
                : Convert.ToDouble(value, CultureInfo.InvariantCulture)
            ),
        ];

    private static SweepParameter Parameter(string name, SearchDimension dimension) =>
        dimension switch
        {
            SearchRange range => new SweepParameter(name, range.Minimum, range.Maximum, range.IsLog, []),
            var list => new SweepParameter(
                name,
                0,
                list.Grid().Count - 1,
                IsLog: false,
                list.Grid().Select(TrialParameters.Word).ToArray()
            ),
        };
}
