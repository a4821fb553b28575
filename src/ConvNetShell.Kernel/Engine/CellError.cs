using System.Management.Automation;

namespace ConvNetShell.Kernel.Engine;

/// <summary>An error as front ends show it.</summary>
/// <param name="Name">Its name: the type of the exception.</param>
/// <param name="Message">The message.</param>
/// <param name="Traceback">The lines to show: the message, where it happened, category and id.</param>
internal sealed record CellError(string Name, string Message, IReadOnlyList<string> Traceback)
{
    /// <summary>The error of a stopped cell.</summary>
    public static CellError Interrupted { get; } =
        new(
            "Interrupted",
            "The cell was interrupted.",
            ["Interrupted: the cell was stopped. Variables keep their values, and Get-TrainingRun -Last has a training that it stopped."]
        );

    /// <summary>The error of a cell that called exit.</summary>
    public static CellError Exit(int code)
    {
        string message = FormattableString.Invariant($"The cell called exit {code}; it ends there, and the session goes on.");
        return new("Exit", message, [message]);
    }

    /// <summary>Describes an error of the engine.</summary>
    /// <param name="record">The error.</param>
    /// <param name="view">How the engine shows it.</param>
    /// <param name="calls">Where in the cells it was raised and called, innermost first.</param>
    public static CellError From(ErrorRecord record, string view, IReadOnlyList<string> calls)
    {
        Exception cause = record.Exception.InnerException ?? record.Exception;
        List<string> lines = [.. view.ReplaceLineEndings("\n").Trim('\n').Split('\n')];
        string? position = record.InvocationInfo?.PositionMessage;
        if (!string.IsNullOrEmpty(position) && !view.Contains("Line |", StringComparison.Ordinal))
        {
            string[] shown = position.ReplaceLineEndings("\n").Split('\n');
            lines.AddRange(calls.Count > 0 && shown[0].StartsWith("At line:", StringComparison.Ordinal) ? shown[1..] : shown);
        }

        lines.AddRange(calls.Select((call, i) => i == 0 ? $"At {call}" : $"Called from {call}"));

        lines.Add($"    + CategoryInfo          : {record.CategoryInfo}");
        lines.Add($"    + FullyQualifiedErrorId : {record.FullyQualifiedErrorId}");
        return new CellError(cause.GetType().Name, record.ToString(), lines);
    }

    /// <summary>Returns the error with each line of what is shown changed.</summary>
    public CellError With(Func<string, string> change) => this with { Traceback = [.. Traceback.Select(change)] };

    /// <summary>Returns the error with the way of PowerShell, where the cell tried a magic command of another kernel.</summary>
    /// <param name="failure">The error of the engine.</param>
    /// <param name="code">The cell.</param>
    public CellError WithHint(ErrorRecord failure, string code) =>
        failure.Exception is CommandNotFoundException && Magics.Hint(code) is { } hint
            ? this with
            {
                Traceback = [.. Traceback, hint],
            }
            : this;
}
