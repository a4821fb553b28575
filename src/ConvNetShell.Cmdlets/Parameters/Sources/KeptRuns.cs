using System.Management.Automation;
using ConvNetShell.Cmdlets.Errors;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Core.Training.Storage;

namespace ConvNetShell.Cmdlets.Parameters.Sources;

/// <summary>Finds the kept runs that a user means.</summary>
internal static class KeptRuns
{
    private const WildcardOptions Options = WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant;

    /// <summary>Returns runs. A missing run is an error, unless its name is a pattern.</summary>
    /// <param name="runs">The runs of the folder.</param>
    /// <param name="wanted">Identifiers and names with or without wildcards; none means all.</param>
    /// <param name="report">Takes the error.</param>
    public static IEnumerable<StoredRun> Find(IReadOnlyList<StoredRun> runs, object[] wanted, Action<ErrorRecord> report) =>
        wanted.Length == 0 ? runs : wanted.SelectMany(given => Find(runs, given, report));

    /// <summary>Returns whether a run has one of some tags.</summary>
    /// <param name="run">The run.</param>
    /// <param name="tags">Tags with or without wildcards; none means any run.</param>
    public static bool HasTag(StoredRun run, string[] tags) =>
        tags.Length == 0 || tags.Any(tag => run.HasTag(new WildcardPattern(tag, Options).IsMatch));

    private static StoredRun[] Find(IReadOnlyList<StoredRun> runs, object given, Action<ErrorRecord> report)
    {
        if (Values.Unwrap(given) is StoredRun one)
        {
            return [one];
        }
        string text = Values.Text(given);
        var pattern = new WildcardPattern(text, Options);
        StoredRun[] found = [.. runs.Where(run => pattern.IsMatch(run.Name) || pattern.IsMatch(run.Id))];
        if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(text))
        {
            string known =
                runs.Count == 0
                    ? "the folder has none"
                    : "the folder has " + string.Join(", ", runs.TakeLast(20).Select(run => $"{run.Id} ({run.Name})"));
            report(
                new ErrorRecord(
                    new ItemNotFoundException($"expected the identifier or the name of a kept run; {known}. Received: '{text}'."),
                    "Run.NotFound",
                    ErrorCategory.ObjectNotFound,
                    given
                ).WithAdvice()
            );
        }
        return found;
    }
}
