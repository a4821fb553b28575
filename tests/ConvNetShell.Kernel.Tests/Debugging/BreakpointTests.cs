using System.Text.Json.Nodes;
using ConvNetShell.Kernel.Tests.Support;
using ConvNetShell.Kernel.Wire;

namespace ConvNetShell.Kernel.Tests.Debugging;

/// <summary>Breakpoints as JupyterLab and VS Code set them, in a kernel in this process.</summary>
[Collection(OneAtATime.Name)]
public sealed class BreakpointTests : IDisposable
{
    private const string Code = """
        function Add-One($q) {
            $w = $q + 1
            $w
        }
        function Use-It($x) {
            1..2 | ForEach-Object { $each = $_
                Add-One $each }
            & { $inner = 4
                $x + $inner }
        }
        $top = 1
        Use-It 3
        'end'
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly KernelFixture kernel;
    private readonly DebugClient client;

    public BreakpointTests(KernelFixture kernel)
    {
        (this.kernel, client) = (kernel, new DebugClient(kernel));
        client.Body("initialize");
        client.Body("attach");
    }

    public void Dispose()
    {
        client.Body("disconnect");
        Assert.False(client.Body("debugInfo")["isStarted"]!.GetValue<bool>());
    }

    [Fact]
    public void A_cell_stops_at_breakpoints_and_shows_the_variables_of_each_call()
    {
        client.Break(Code, 3, 9);

        (string cell, string reason) = client.Start(Code);
        Assert.Equal("breakpoint", reason);
        Assert.Equal(["Add-One:3", "<ScriptBlock>:7", "Use-It:6", "<ScriptBlock>:12"], client.Calls());
        Assert.Equal(["q=1", "w=2"], client.Locals(1));
        Assert.Equal(["each=1", "x=3"], client.Locals(2)); // the block of ForEach-Object runs in its caller's scope
        Assert.Equal(["each=1", "x=3"], client.Locals(3));
        Assert.Empty(client.Locals(4)); // those of all cells are in the other scope

        client.Go("continue");
        Assert.Equal(["q=2", "w=3"], client.Locals(1));

        client.Go("continue");
        Assert.Equal(["<ScriptBlock>:9", "Use-It:8", "<ScriptBlock>:12"], client.Calls());
        Assert.Equal(["inner=4"], client.Locals(1));
        Assert.Equal(["each=2", "x=3"], client.Locals(2));
        Assert.Equal("2\n3\n7\nend", Text(client.End(cell)));
    }

    [Fact]
    public void The_frames_name_their_cell_whose_text_can_be_asked_for()
    {
        JsonNode set = client.Break(Code, 1)[0]!; // the function's first statement
        (string cell, _) = client.Start(Code);

        JsonNode frame = client.Body("stackTrace")["stackFrames"]![0]!;
        JsonNode info = client.Body("debugInfo");
        JsonNode source = client.Body("source", new JsonObject { ["source"] = frame["source"]!.DeepClone() });

        Assert.Equal((true, 2), (set["verified"]!.GetValue<bool>(), set["line"]!.GetValue<int>()));
        Assert.Equal((2, 5), (frame["line"]!.GetValue<int>(), frame["column"]!.GetValue<int>()));
        Assert.Equal(Code, source["content"]!.GetValue<string>());
        Assert.Equal([1], info["stoppedThreads"]!.AsArray().Select(each => each!.GetValue<int>()));
        Assert.Equal(frame["source"]!["path"]!.GetValue<string>(), info["breakpoints"]![0]!["source"]!.GetValue<string>());
        Assert.Equal(2, info["breakpoints"]![0]!["breakpoints"]![0]!["line"]!.GetValue<int>());
        client.Break(Code);
        client.End(cell);
    }

    [Fact]
    public void Steps_go_over_into_and_out_of_functions()
    {
        client.Break(Code, 11);
        (string cell, _) = client.Start(Code);
        Assert.Equal(["<ScriptBlock>:11"], client.Calls());

        Assert.Equal("step", client.Go("next"));
        Assert.Equal(["<ScriptBlock>:12"], client.Calls());
        client.Go("stepIn");
        Assert.Equal("Use-It:5", client.Calls()[0]);
        client.Go("stepOut");
        Assert.Equal(["<ScriptBlock>:13"], client.Calls());

        Assert.Equal("2\n3\n7\nend", Text(client.End(cell, "next")));
        Assert.Equal("5", kernel.Result("5")); // the next cell is not stepped through
    }

    [Fact]
    public void Expressions_see_and_change_the_variables_where_the_cell_is_stopped()
    {
        client.Break(Code, 3);
        (string cell, _) = client.Start(Code);

        Assert.Equal("2", client.Evaluate("$w"));
        Assert.Equal("2 items: 1, 2", client.Evaluate("$q, $w"));
        Assert.Equal(string.Empty, client.Evaluate("$w = 40"));
        JsonObject failed = client.Ask("evaluate", new JsonObject { ["expression"] = "No-SuchCommand" });
        Assert.Contains("No-SuchCommand", failed["message"]!.GetValue<string>(), StringComparison.Ordinal);
        client.Break(Code);

        Assert.Equal("40\n3\n7\nend", Text(client.End(cell)));
        Assert.False(client.Ask("evaluate", new JsonObject { ["expression"] = "1" })["success"]!.GetValue<bool>());
    }

    [Fact]
    public void A_cell_that_runs_again_stops_again_also_at_breakpoints_set_since()
    {
        const string code = "$again = 1\n$again = 2\n'out'";
        client.Break(code, 2);
        (string cell, _) = client.Start(code);
        client.End(cell);

        (cell, _) = client.Start(code);
        Assert.Equal(["<ScriptBlock>:2"], client.Calls());
        client.Break(code, 3);
        Assert.Equal("breakpoint", client.Go("continue"));
        Assert.Equal(["<ScriptBlock>:3"], client.Calls());
        client.End(cell);
        (cell, _) = client.Start(code);
        Assert.Equal(["<ScriptBlock>:3"], client.Calls());

        client.Break(code);
        client.End(cell);
        Assert.Equal("out", kernel.Result(code));
    }

    [Fact]
    public void An_expression_asks_nobody()
    {
        const string code = "$q = 1\n$q";
        client.Break(code, 2);
        string cell = kernel.Client.Send(Channel.Shell, "execute_request", new JsonObject { ["code"] = code, ["allow_stdin"] = true });
        client.Stopped();

        JsonObject asked = client.Ask("evaluate", new JsonObject { ["expression"] = "Read-Host name" });

        Assert.False(asked["success"]!.GetValue<bool>());
        Assert.NotEmpty(asked["message"]!.GetValue<string>());
        Assert.Equal("1", Text(client.End(cell)));
    }

    [Fact]
    public void A_condition_decides_whether_it_stops()
    {
        const string code = "foreach ($i in 1..5) {\n    $i\n}";
        JsonArray set = client.Break(
            code,
            [
                new JsonObject { ["line"] = 2, ["condition"] = "$i -eq 4" },
                new JsonObject { ["line"] = 2, ["condition"] = "$i -eq (" },
                new JsonObject { ["line"] = 3 },
            ]
        );

        (string cell, _) = client.Start(code);

        Assert.Equal([true, false, false], set.Select(each => each!["verified"]!.GetValue<bool>()));
        Assert.All(set.Skip(1), each => Assert.NotEmpty(each!["message"]!.GetValue<string>()));
        Assert.Equal("4", client.Evaluate("$i"));
        Assert.Equal("1\n2\n3\n4\n5", Text(client.End(cell)));
    }

    [Fact]
    public void Wait_Debugger_and_a_pause_stop_as_well()
    {
        (string cell, string reason) = client.Start("$w = 1\nWait-Debugger\n$w");
        Assert.Equal("breakpoint", reason);
        Assert.Equal("1", Text(client.End(cell)));

        cell = kernel.Client.Send(
            Channel.Shell,
            "execute_request",
            new JsonObject { ["code"] = "$go = $true\nwhile ($go) {\n    Start-Sleep -Milliseconds 10\n}\n'out'" }
        );
        Thread.Sleep(500);
        Assert.Equal("pause", client.Go("pause"));
        client.Evaluate("$go = $false");
        Assert.Equal("out", Text(client.End(cell)));
    }

    [Fact]
    public void An_interrupt_ends_a_cell_that_is_stopped_and_what_it_evaluates()
    {
        const string code = "$q = 1\n$q = 2";
        client.Break(code, 2);
        (string cell, _) = client.Start(code);
        string evaluation = kernel.Client.Send(
            Channel.Control,
            "debug_request",
            new JsonObject
            {
                ["command"] = "evaluate",
                ["arguments"] = new JsonObject { ["expression"] = "Start-Sleep 60" },
            }
        );
        Thread.Sleep(300);
        long begin = Environment.TickCount64;

        kernel.Client.Send(Channel.Control, "interrupt_request", []);
        IReadOnlyList<WireMessage> outputs = kernel.Client.Outputs(cell, Patience);

        Assert.InRange(Environment.TickCount64 - begin, 0, 5000);
        Assert.Equal("Interrupted", outputs.Single(message => message.Type == "error").Text("ename"));
        Assert.NotEmpty(evaluation);
        Assert.Equal("1", kernel.Result("$q"));
    }

    [Fact]
    public void Without_a_front_end_the_cell_goes_on()
    {
        const string code = "'a'\n'b'";
        client.Break(code, 2);
        (string cell, _) = client.Start(code);

        Assert.Equal("a\nb", Text(client.End(cell, "disconnect")));
        Assert.Equal("a\nb", kernel.Result(code)); // and its breakpoints are gone
    }

    [Fact]
    public void Errors_and_the_history_name_the_cell_as_without_breakpoints()
    {
        const string code = "function Fail-It {\n    throw 'bad'\n}\n\nFail-It";
        IReadOnlyList<WireMessage> messages = kernel.Run(code);
        int number = messages.Single(message => message.Type == "execute_input").Number("execution_count", 0);
        string text = string.Join(
            '\n',
            messages.Single(message => message.Type == "error").Content["traceback"]!.AsArray().Select(line => line!.GetValue<string>())
        );

        Assert.Contains($"At In[{number}], line 2, in Fail-It\nCalled from In[{number}], line 5", text, StringComparison.Ordinal);
        Assert.DoesNotContain("convnetshell_", text, StringComparison.Ordinal);
        Assert.Equal(code.ReplaceLineEndings("\n"), kernel.Result("(Get-History -Count 1).CommandLine")!.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("using namespace System.Text\n[StringBuilder]::new('ab').ToString()", "ab")]
    [InlineData("class Debugged { [int]$B = 4 }\n[Debugged]::new().B", "4")]
    [InlineData("return 3; 4", "3")]
    [InlineData("$fromDebugged = 6; Get-Variable fromDebugged -Scope Global -ValueOnly", "6")]
    public void Cells_do_the_same_as_without_the_debugger(string code, string expected) => Assert.Equal(expected, kernel.Result(code));

    [Theory]
    [InlineData("continue")]
    [InlineData("next")]
    [InlineData("setBreakpoints")]
    [InlineData("source")]
    [InlineData("copyToGlobals")]
    public void What_cannot_be_done_is_said(string command)
    {
        JsonObject reply = client.Ask(command);

        Assert.False(reply["success"]!.GetValue<bool>());
        Assert.NotEmpty(reply["message"]!.GetValue<string>());
    }

    [Fact]
    public void Where_no_cell_is_stopped_there_are_no_frames()
    {
        Assert.Empty(client.Body("stackTrace")["stackFrames"]!.AsArray());
        Assert.Empty(client.Body("scopes", new JsonObject { ["frameId"] = 1 })["scopes"]!.AsArray());
        Assert.Empty(client.Body("debugInfo")["stoppedThreads"]!.AsArray());
    }

    // What a stopped cell has written is shown after a moment and then replaced by all of it.
    private static string Text(IReadOnlyList<WireMessage> outputs) =>
        outputs.Last(message => message.Type is "execute_result" or "update_display_data").Content["data"]![
            "text/plain"
        ]!.GetValue<string>();
}
