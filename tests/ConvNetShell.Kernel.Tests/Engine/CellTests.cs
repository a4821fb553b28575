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
    public void Objects_without_a_view_become_a_table_with_the_text_of_PowerShell_beside_it()
    {
        WireMessage result = Assert.Single(
            kernel.Run("[pscustomobject]@{ Name = '<b>'; Rate = 1/3 }; [pscustomobject]@{ Name = 'x'; Rate = 2; Extra = 1, 2 }"),
            message => message.Type == "execute_result"
        );

        string html = result.Content["data"]!["text/html"]!.GetValue<string>(),
            text = result.Content["data"]!["text/plain"]!.GetValue<string>();
        Assert.Contains("&lt;b&gt;", html, StringComparison.Ordinal);
        Assert.Contains(">0.3333<", html, StringComparison.Ordinal);
        Assert.Contains("data-v=\"0.3333333333333333\"", html, StringComparison.Ordinal);
        Assert.Contains(">Extra</th>", html, StringComparison.Ordinal);
        Assert.Contains("{1, 2}", html, StringComparison.Ordinal);
        Assert.Matches("^Name +Rate\\n-+ +-+\\n<b> +0[.,]33", text);
    }

    [Theory]
    [InlineData("1..3000 | ForEach-Object { [pscustomobject]@{ N = $_ } }", "The first 1,000 of 3,000 rows")]
    [InlineData("'a'; [pscustomobject]@{ N = 1 }; 'b'", "")]
    [InlineData("[pscustomobject]@{ N = 1 } | Add-Member ScriptProperty Bad { throw 'no' } -PassThru", "no")]
    [InlineData("Get-Item . | Select-Object Name", "Name")]
    public void Tables_are_bounded_and_keep_their_order(string code, string words)
    {
        WireMessage[] results = [.. kernel.Run(code).Where(message => message.Type == "execute_result")];

        string?[] html = [.. results.Select(message => message.Content["data"]!["text/html"]?.GetValue<string>())];
        Assert.Contains(words, string.Concat(html), StringComparison.Ordinal);
        Assert.Equal(code.StartsWith('\'') ? [false, true, false] : [true], html.Select(each => each is not null));
    }

    [Fact]
    public void The_last_result_is_kept()
    {
        kernel.Run("6 * 7");
        Assert.Equal("42", kernel.Result("$LASTRESULT"));
        kernel.Run("1..3; Write-Host x");
        kernel.Run("$null = 5");
        Assert.Equal("3", kernel.Result("$LASTRESULT.Count"));
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
