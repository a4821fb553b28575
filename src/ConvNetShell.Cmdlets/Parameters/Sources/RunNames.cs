using System.Globalization;
using System.Management.Automation;
using ConvNetShell.Cmdlets.Errors;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Session;
using ConvNetShell.Core.Training.Runs;

namespace ConvNetShell.Cmdlets.Parameters.Sources;

/// <summary>Finds the runs of the session that a user means.</summary>
internal static class RunNames
{
    /// <summary>Returns runs. A missing run is an error, unless its name is a pattern.</summary>
    /// <param name="given">A run, a job that trains, a number, or a name with or without wildcards.</param>
    /// <param name="report">Takes the error.</param>
    public static IReadOnlyList<TrainingRun> Find(object given, Action<ErrorRecord> report)
    {
        IReadOnlyList<TrainingRun> runs = ConvNetSession.Current.Runs;
        object? value = Values.Unwrap(given);
        string text = Values.Text(value);
        TrainingRun[] found = value switch
        {
            TrainingRun run => [run],
            TrainingJob { Run: { } run } => [run],
            _ when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int id) => [.. runs.Where(run => run.Id == id)],
            _ =>
            [
                .. runs.Where(run =>
                    new WildcardPattern(text, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant).IsMatch(run.Name)
                ),
            ],
        };
        if (found.Length == 0 && !(value is string && WildcardPattern.ContainsWildcardCharacters(text)))
        {
            string known =
                runs.Count == 0
                    ? "this session has none"
                    : "this session has "
                        + string.Join(
                            ", ",
                            runs.TakeLast(20).Select(run => string.Create(CultureInfo.InvariantCulture, $"{run.Id} ({run.Name})"))
                        );
            report(
                new ErrorRecord(
                    new ItemNotFoundException($"expected the number or the name of a run; {known}. Received: '{text}'."),
                    "Run.NotFound",
                    ErrorCategory.ObjectNotFound,
                    given
                ).WithAdvice()
            );
        }
        return found;
    }
}
