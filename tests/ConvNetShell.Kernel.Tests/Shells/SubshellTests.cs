using System.Text.Json.Nodes;
using ConvNetShell.Kernel.Client;
using ConvNetShell.Kernel.Tests.Support;
using ConvNetShell.Kernel.Wire;

namespace ConvNetShell.Kernel.Tests.Shells;

/// <summary>Subshells (JEP 91) in a kernel in this process.</summary>
[Collection(OneAtATime.Name)]
public sealed class SubshellTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly KernelFixture kernel;
    private readonly KernelClient other; // of its own: it waits for the messages of the subshell, and drops those of the main shell
    private readonly string subshell;

    public SubshellTests(KernelFixture kernel)
    {
        this.kernel = kernel;
        subshell = Control("create_subshell_request").Text("subshell_id");
        other = new KernelClient(kernel.Connection);
        other.Ask(Channel.Shell, "kernel_info_request", [], Patience);
    }

    public void Dispose()
    {
        other.Dispose();
        foreach (JsonNode? id in Control("list_subshell_request").Content["subshell_id"]!.AsArray())
        {
            Control("delete_subshell_request", id!.GetValue<string>());
        }
    }

    [Fact]
    public void They_are_made_listed_and_deleted()
    {
        string second = Control("create_subshell_request").Text("subshell_id");

        Assert.Equal(new[] { subshell, second }.Order(StringComparer.Ordinal), Ids().Order(StringComparer.Ordinal));
        Assert.Equal("ok", Control("delete_subshell_request", subshell).Text("status"));
        Assert.Equal([second], Ids());
        WireMessage error = Control("delete_subshell_request", subshell);
        Assert.Equal(("error", "SubshellNotFound"), (error.Text("status"), error.Text("ename")));
        WireMessage info = kernel.Client.Ask(Channel.Control, "kernel_info_request", [], Patience);
        Assert.Contains(info.Content["supported_features"]!.AsArray(), feature => feature!.GetValue<string>() == "kernel subshells");
    }

    [Theory]
    [InlineData("no-such")]
    [InlineData("")]
    public void A_request_for_a_subshell_that_is_not_there_is_an_error(string id)
    {
        string request = kernel.Client.Send(Channel.Shell, "execute_request", Code("1"), id);

        WireMessage[] said = [.. kernel.Client.Outputs(request, Patience)];

        Assert.Equal(["status", "error", "status"], said.Select(message => message.Type));
        Assert.Equal("SubshellNotFound", said[1].Text("ename"));
    }

    [Fact]
    public void It_answers_while_a_cell_runs_and_sees_its_variables()
    {
        kernel.Run("function Twice($x) { 2 * $x }");
        string main = kernel.Client.Send(
            Channel.Shell,
            "execute_request",
            Code("$stage = 1; $made = 'in the cell'; while ($stage -eq 1) { Start-Sleep -Milliseconds 20 }; \"main has $stage\"")
        );
        AwaitBegin(main);

        Assert.Equal("in the cell 20", Result(Run("\"$made $(Twice 10)\"")));
        Run("$stage = 5");

        Assert.Equal("main has 5", Result(kernel.Client.Outputs(main, Patience)));
    }

    [Fact]
    public void Variables_go_both_ways_and_removed_ones_are_gone()
    {
        kernel.Run("$a = 1; $b = 2");
        Run("$a = 10; $c = 3; Remove-Variable b");
        Assert.Equal("10  3", kernel.Result("\"$a $b $c\""));
        kernel.Run("Remove-Variable a; $c = 4; $b = 5");
        Assert.Equal(" 5 4", Result(Run("\"$a $b $c\"")));
    }

    [Fact]
    public void A_script_block_of_the_main_shell_runs_in_it()
    {
        kernel.Run("$block = { param($x) \"ran with $x\" }");
        string main = kernel.Client.Send(Channel.Shell, "execute_request", Code("Start-Sleep 3"));

        Assert.Equal("ran with 7", Result(Run("& $block 7")));
        kernel.Client.Outputs(main, Patience);
    }

    [Fact]
    public void It_counts_its_own_cells_and_its_errors_name_them()
    {
        Assert.Equal(1, Run("1").First(message => message.Type == "execute_input").Content["execution_count"]!.GetValue<int>());
        WireMessage error = Run("\nthrow 'here'").First(message => message.Type == "error");
        Assert.Contains(error.Content["traceback"]!.AsArray(), line => line!.GetValue<string>() == "At subshell In[2], line 2");
    }

    [Fact]
    public void An_interrupt_stops_both()
    {
        string main = kernel.Client.Send(Channel.Shell, "execute_request", Code("Start-Sleep 60")),
            other = kernel.Client.Send(Channel.Shell, "execute_request", Code("Start-Sleep 60"), subshell);
        AwaitBegin(main, other);
        kernel.Client.Ask(Channel.Control, "interrupt_request", [], Patience);

        List<string> ended = [];
        while (ended.Count < 2 && kernel.Client.Receive(Channel.Iopub, Patience) is var (message, parent))
        {
            if (message.Type == "error" && (parent == main || parent == other))
            {
                Assert.Equal("Interrupted", message.Text("ename"));
                ended.Add(parent);
            }
        }

        Assert.Equal(new[] { main, other }.Order(StringComparer.Ordinal), ended.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Deleting_it_stops_its_cell_and_refuses_those_that_wait()
    {
        string runs = kernel.Client.Send(Channel.Shell, "execute_request", Code("Start-Sleep 60"), subshell);
        string waits = kernel.Client.Send(Channel.Shell, "execute_request", Code("1"), subshell);
        AwaitBegin(runs);

        Control("delete_subshell_request", subshell);

        Assert.Equal("Interrupted", kernel.Client.Outputs(runs, Patience).First(message => message.Type == "error").Text("ename"));
        WireMessage[] refused = [.. kernel.Client.Outputs(waits, Patience)];
        Assert.DoesNotContain(refused, message => message.Type == "execute_input");
        Assert.Equal("42", kernel.Result("6 * 7"));
    }

    [Fact]
    public void A_slider_moves_while_a_cell_runs()
    {
        string slider = kernel
            .Run("$base = 100; Show-Slider -Maximum 9 { param($i) \"at $($base + $i)\" }")
            .First(message => message.Content["data"]?["state"]?["_model_name"]?.GetValue<string>() == "IntSliderModel")
            .Text("comm_id");
        string main = kernel.Client.Send(Channel.Shell, "execute_request", Code("Start-Sleep 4; 'end'"));
        var data = new JsonObject
        {
            ["method"] = "update",
            ["state"] = new JsonObject { ["value"] = 6 },
        };

        string move = other.Send(Channel.Shell, "comm_msg", new JsonObject { ["comm_id"] = slider, ["data"] = data }, subshell);
        WireMessage shown = other.Outputs(move, Patience)[^2];

        Assert.Contains("at 106", shown.Content.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("end", Result(kernel.Client.Outputs(main, Patience)));
    }

    [Fact]
    public void There_is_a_most_number()
    {
        WireMessage[] made = [.. Enumerable.Range(0, 64).Select(_ => Control("create_subshell_request"))];

        Assert.Equal("error", made[^1].Text("status"));
        Assert.Contains("at most 64", made[^1].Text("evalue"), StringComparison.Ordinal);
    }

    private static JsonObject Code(string code) => new() { ["code"] = code, ["allow_stdin"] = false };

    private static string? Result(IReadOnlyList<WireMessage> said) =>
        said.FirstOrDefault(message => message.Type == "execute_result")?.Content["data"]?["text/plain"]?.GetValue<string>();

    private IReadOnlyList<WireMessage> Run(string code) =>
        other.Outputs(other.Send(Channel.Shell, "execute_request", Code(code), subshell), Patience);

    private void AwaitBegin(params IEnumerable<string> requests)
    {
        HashSet<string> waiting = [.. requests];
        while (waiting.Count > 0 && kernel.Client.Receive(Channel.Iopub, Patience) is var (message, parent))
        {
            if (message.Type == "execute_input" && parent is not null)
            {
                waiting.Remove(parent);
            }
        }

        Assert.Empty(waiting);
        Thread.Sleep(500); // from the message to the pipeline
    }

    private IEnumerable<string> Ids() =>
        Control("list_subshell_request").Content["subshell_id"]!.AsArray().Select(id => id!.GetValue<string>());

    private WireMessage Control(string request, string? id = null) =>
        kernel.Client.Ask(Channel.Control, request, id is null ? [] : new JsonObject { ["subshell_id"] = id }, Patience);
}
