using ConvNetShell.Kernel.Messaging;
using ConvNetShell.Kernel.Tests.Support;
using ConvNetShell.Kernel.Wire;

namespace ConvNetShell.Kernel.Tests.Engine;

/// <summary>Cells in a kernel in this process; what needs real clients is in Clients/*.py.</summary>
[Collection(OneAtATime.Name)]
public sealed class CellTests(KernelFixture kernel)
{
    [Fact]
    public void Outputs_come_between_busy_and_idle_in_their_order()
    {
        string[] said = [.. kernel.Run("Write-Host a; Write-Warning b; 3").Select(message => message.Type)];

        Assert.Equal(["status", "execute_input", "stream", "stream", "execute_result", "status"], said);
    }

    [Fact]
    public void Neighboring_records_become_one_bundle_and_text_stays_text()
    {
        kernel.Run(
            """
            function global:ConvertTo-MimeBundle { param([Parameter(ValueFromPipeline)]$InputObject, [switch]$PassThru)
                end {
                    $all = @($input); $data = [System.Collections.Generic.Dictionary[string, string]]::new()
                    $data['text/plain'] = "$($all.Count) records"; $data['text/html'] = '<i>x</i>'
                    [ConvNetShell.Display.Mime.MimeBundle]::new($data, $null)
                } }
            $record = [ConvNetShell.Kernel.Client.KernelTestResult]::new('n', $true, 0, 0, 0, 'm', 'p')
            """
        );

        string[] said =
        [
            .. kernel
                .Run("$record, $record; 'text'; $record")
                .Select(message => $"{message.Type}: {message.Content["data"]?["text/plain"] ?? message.Content["text"]}")
                .Where(line => !line.StartsWith("status", StringComparison.Ordinal)),
        ];
        kernel.Run("Remove-Item function:ConvertTo-MimeBundle");

        Assert.Equal(["execute_input: ", "execute_result: 2 records", "execute_result: text", "execute_result: 1 records"], said);
    }

    [Fact]
    public void The_page_script_comes_once_before_the_first_chart()
    {
        const string show = "$null = $ConvNetDisplay.Show(@{ 'text/html' = '<div>ConvNetShellPlotly</div>' })";
        kernel.Run(
            "function global:ConvertTo-MimeBundle { param([switch]$PageScript) $d = "
                + "[System.Collections.Generic.Dictionary[string, string]]::new(); $d['text/html'] = '<script>once</script>'; "
                + "[ConvNetShell.Display.Mime.MimeBundle]::new($d, $null) }"
        );

        string?[] first = Html(kernel.Run(show)),
            second = Html(kernel.Run(show + " # another cell")),
            again = Html(kernel.Run(show));
        kernel.Run("Remove-Item function:ConvertTo-MimeBundle");

        Assert.Equal(["<script>once</script>", "<div>ConvNetShellPlotly</div>"], first);
        Assert.Equal(["<div>ConvNetShellPlotly</div>"], second);
        Assert.Equal(first, again); // its output with the script is replaced, so the script comes again
    }

    [Fact]
    public void Memory_does_not_grow_with_the_cells()
    {
        for (int i = 0; i < 300; i++)
        {
            kernel.Run("1; Write-Host x");
        }

        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < 1000; i++)
        {
            kernel.Run("1; Write-Host x");
        }

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true), 0, (long)(before * 1.05) + 1_000_000);
    }

    [Theory]
    [InlineData("a\U0001F600b", 2, 3)]
    [InlineData("a\U0001F600b", 99, 4)]
    [InlineData("", 0, 0)]
    [InlineData("\ud800x", 1, 1)]
    public void Code_points_are_counted(string text, int codePoints, int index) =>
        Assert.Equal(index, CodePoints.ToIndex(text, codePoints));

    [Theory]
    [InlineData("1", "complete")]
    [InlineData("if (1) {", "incomplete")]
    [InlineData("1 +* 2", "invalid")]
    [InlineData("Get-Item `\n", "incomplete")]
    public void The_parser_knows_what_is_complete(string code, string status) => Assert.Equal(status, IsCompleteHandler.Status(code));

    private static string?[] Html(IReadOnlyList<WireMessage> messages) =>
        [
            .. messages
                .Where(message => message.Type == "display_data")
                .Select(message => message.Content["data"]!["text/html"]!.GetValue<string>()),
        ];
}
