using System.Management.Automation.Language;
using ConvNetShell.Kernel.Breakpoints;

namespace ConvNetShell.Kernel.Tests.Breakpoints;

public sealed class StatementLinesTests
{
    private const string Code = """
        function f($x) {
            # a comment

            try {
                $y = $x * 2
            } catch { throw }
            return $y
        }
        foreach ($i in 1..3) {
            f $i
        }
        """;

    [Theory]
    [InlineData(1, 5)]
    [InlineData(4, 5)]
    [InlineData(5, 5)]
    [InlineData(6, 6)]
    [InlineData(7, 7)]
    [InlineData(8, 9)]
    [InlineData(9, 9)]
    [InlineData(10, 10)]
    [InlineData(11, null)]
    [InlineData(0, 5)]
    public void A_line_without_a_statement_stands_for_the_next(int line, int? expected) =>
        Assert.Equal(expected, StatementLines.Next(Parser.ParseInput(Code, out _, out _), line));
}
