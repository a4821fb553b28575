using System.Management.Automation.Language;

namespace ConvNetShell.Kernel.Breakpoints;

/// <summary>The lines of a script where it can be stopped.</summary>
internal static class StatementLines
{
    /// <summary>Returns the first line from one on where a statement begins; <see langword="null"/> for none.</summary>
    /// <param name="script">The script.</param>
    /// <param name="line">The line, counted from 1.</param>
    public static int? Next(Ast script, int line) =>
        script
            .FindAll(IsStop, searchNestedScriptBlocks: true)
            .Select(statement => statement.Extent.StartLineNumber)
            .Where(start => start >= line)
            .Cast<int?>()
            .Min();

    // Statements that hold others, such as try and a function's definition, are no place to stop; their conditions are pipelines.
    private static bool IsStop(Ast ast) =>
        ast is PipelineBaseAst or ReturnStatementAst or ThrowStatementAst or BreakStatementAst or ContinueStatementAst or ExitStatementAst;
}
