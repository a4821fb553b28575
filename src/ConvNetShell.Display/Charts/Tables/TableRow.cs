namespace ConvNetShell.Display.Charts.Tables;

/// <summary>What a chart shows of an object.</summary>
/// <param name="X">Where it stands.</param>
/// <param name="Y">Its number; of a heat map the other coordinate.</param>
/// <param name="Z">The number that a heat map shows.</param>
/// <param name="Group">The series it belongs to; may be empty.</param>
public readonly record struct TableRow(TableValue X, TableValue Y, TableValue Z, string Group);
