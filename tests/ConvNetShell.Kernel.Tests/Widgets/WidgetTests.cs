using System.Text.Json.Nodes;
using ConvNetShell.Kernel.Tests.Support;
using ConvNetShell.Kernel.Wire;

namespace ConvNetShell.Kernel.Tests.Widgets;

/// <summary>Sliders and buttons in a kernel in this process, through the messages of the widget protocol.</summary>
[Collection(OneAtATime.Name)]
public sealed class WidgetTests(KernelFixture kernel)
{
    private const string View = "application/vnd.jupyter.widget-view+json";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void A_slider_opens_its_models_and_shows_the_first_output_for_other_front_ends()
    {
        IReadOnlyList<WireMessage> said = kernel.Run("Show-Slider -Maximum 15 -Description Unit { param($i) \"unit $i\" }; 'after'");

        WireMessage[] opened = [.. said.Where(message => message.Type == "comm_open")];
        Assert.All(opened, message => Assert.Equal("jupyter.widget", message.Text("target_name")));
        Assert.All(opened, message => Assert.Equal("2.1.0", message.Metadata["version"]!.GetValue<string>()));
        JsonObject[] states = [.. opened.Select(message => message.Content["data"]!["state"]!.AsObject())];
        Assert.Equal(
            ["LayoutModel", "SliderStyleModel", "IntSliderModel", "OutputModel", "VBoxModel"],
            states.Select(state => state["_model_name"]!.GetValue<string>())
        );
        Assert.Equal(
            (0, 15, 1, 0),
            (Number(states[2], "min"), Number(states[2], "max"), Number(states[2], "step"), Number(states[2], "value"))
        );
        JsonNode data = Assert.Single(said, message => message.Type == "display_data").Content["data"]!;
        Assert.Equal(opened[^1].Text("comm_id"), data[View]!["model_id"]!.GetValue<string>());
        Assert.Equal("Unit: 0 (from 0 to 15)\nunit 0", data["text/plain"]!.GetValue<string>());
        Assert.Equal("unit 0", Output(Assert.Single(said, message => message.Type == "comm_msg")));
        Assert.Equal("after", said.Single(message => message.Type == "execute_result").Content["data"]!["text/plain"]!.GetValue<string>());
    }

    [Fact]
    public void A_move_is_confirmed_and_runs_the_script_with_the_user_s_variables()
    {
        string slider = Slider(
            kernel.Run("$offset = 100; Show-Slider -Maximum 15 { param($i) Write-Host host; $offset + $i; $global:seen = $i }")
        );

        IReadOnlyList<WireMessage> said = Move(slider, 7);

        Assert.Equal(["status", "comm_msg", "comm_msg", "status"], said.Select(message => message.Type));
        Assert.Equal("echo_update", said[1].Content["data"]!["method"]!.GetValue<string>());
        Assert.Equal(7, said[1].Content["data"]!["state"]!["value"]!.GetValue<int>());
        Assert.Equal("host\n|107", Output(said[2]));
        Assert.Equal("7", kernel.Result("$seen"));
    }

    [Theory]
    [InlineData("-Minimum 0 -Maximum 1 -Step 0.25", "0.5", "0.5 double")]
    [InlineData("-Minimum 0 -Maximum 4", "2", "2 int")]
    [InlineData("-Minimum 0 -Maximum 4", "1e9", "4 int")]
    [InlineData("-Minimum 0 -Maximum 4", "-1", "0 int")]
    public void Values_have_the_slider_s_type_and_range(string range, string value, string expected)
    {
        string slider = Slider(kernel.Run($"Show-Slider {range} {{ param($x) \"$x $($x.GetType().Name -replace '32')\" }}"));

        Assert.Equal(expected, Output(Move(slider, JsonNode.Parse(value)!)[^2]), ignoreCase: true);
    }

    [Fact]
    public void Of_moves_that_wait_the_last_one_runs()
    {
        string slider = Slider(kernel.Run("$global:ran = @(); Show-Slider -Maximum 99 { param($i) $global:ran += $i }"));
        kernel.Client.Send(Channel.Shell, "execute_request", new JsonObject { ["code"] = "Start-Sleep -Milliseconds 500" });
        string[] ids = [.. Enumerable.Range(1, 50).Select(i => Send(slider, Update(i)))];

        foreach (string id in ids[..^1])
        {
            Assert.Equal(["status", "comm_msg", "status"], kernel.Client.Outputs(id, Patience).Select(message => message.Type));
        }

        kernel.Client.Outputs(ids[^1], Patience);
        Assert.Equal("0 50", kernel.Result("\"$ran\""));
    }

    [Fact]
    public void An_error_is_shown_below_the_slider_with_its_position()
    {
        IReadOnlyList<WireMessage> first = kernel.Run("Show-Slider -Maximum 3 {\n  param($i)\n  if ($i) { throw \"no $i\" }\n}");
        string slider = Slider(first);

        JsonNode error = Outputs(Move(slider, 2)[^2])[0]!;

        Assert.Equal("error", error["output_type"]!.GetValue<string>());
        Assert.Equal("no 2", error["evalue"]!.GetValue<string>());
        Assert.Contains(
            error["traceback"]!.AsArray(),
            line =>
                line!.GetValue<string>().StartsWith("At In[", StringComparison.Ordinal)
                && line.GetValue<string>().Contains("line 3", StringComparison.Ordinal)
        );
        Assert.Equal("42", kernel.Result("6 * 7"));
    }

    [Fact]
    public void An_error_in_the_first_run_does_not_end_the_cell()
    {
        IReadOnlyList<WireMessage> said = kernel.Run("Show-Slider { throw 'at once' }; 'after'");

        Assert.DoesNotContain(said, message => message.Type == "error");
        Assert.Equal("after", said.Single(message => message.Type == "execute_result").Content["data"]!["text/plain"]!.GetValue<string>());
    }

    [Fact]
    public void An_interrupt_stops_a_script_and_the_kernel_lives()
    {
        string slider = Slider(kernel.Run("Show-Slider -Maximum 3 { param($i) if ($i) { Write-Host begun; Start-Sleep 60; 'never' } }"));
        string id = Send(slider, Update(1));
        Thread.Sleep(1000);
        kernel.Client.Ask(Channel.Control, "interrupt_request", [], Patience);

        IReadOnlyList<WireMessage> said = kernel.Client.Outputs(id, Patience);

        Assert.Equal("Interrupted", Outputs(said[^2])[^1]!["ename"]!.GetValue<string>());
        Assert.Equal("42", kernel.Result("6 * 7"));
    }

    [Fact]
    public void A_button_runs_its_script_with_each_click_and_is_off_meanwhile()
    {
        IReadOnlyList<WireMessage> shown = kernel.Run("$global:n = 0; Show-Button Go { $global:n++; \"n is $n\" }");
        string button = shown.Single(message => Model(message) == "ButtonModel").Text("comm_id");
        Assert.DoesNotContain(shown, message => message.Type == "comm_msg");

        var click = new JsonObject
        {
            ["method"] = "custom",
            ["content"] = new JsonObject { ["event"] = "click" },
        };
        IReadOnlyList<WireMessage> said = kernel.Client.Outputs(Send(button, click), Patience);

        Assert.Equal([true, false], Changes(said, "disabled").Select(value => value!.GetValue<bool>()));
        Assert.Equal("n is 1", Output(said.Single(message => Changes([message], "outputs").Any())));
    }

    [Fact]
    public void A_page_that_is_opened_again_gets_the_states()
    {
        string slider = Slider(kernel.Run("Show-Slider -Maximum 9 { param($i) \"at $i\" }"));
        Move(slider, 4);
        WireMessage info = kernel.Client.Ask(
            Channel.Shell,
            "comm_info_request",
            new JsonObject { ["target_name"] = "jupyter.widget" },
            Patience
        );
        Assert.NotNull(info.Content["comms"]![slider]);
        Assert.Empty(
            kernel.Client.Ask(Channel.Shell, "comm_info_request", new JsonObject { ["target_name"] = "other" }, Patience).Content[
                "comms"
            ]!.AsObject()
        );

        WireMessage state = kernel.Client.Outputs(Send(slider, new JsonObject { ["method"] = "request_state" }), Patience)[1];
        Assert.Equal(4, state.Content["data"]!["state"]!["value"]!.GetValue<int>());

        var open = new JsonObject
        {
            ["comm_id"] = "page",
            ["target_name"] = "jupyter.widget.control",
            ["data"] = new JsonObject(),
        };
        kernel.Client.Outputs(kernel.Client.Send(Channel.Shell, "comm_open", open), Patience);
        WireMessage states = kernel.Client.Outputs(Send("page", new JsonObject { ["method"] = "request_states" }), Patience)[1];
        Assert.Equal("IntSliderModel", states.Content["data"]!["states"]![slider]!["model_name"]!.GetValue<string>());

        kernel.Client.Outputs(kernel.Client.Send(Channel.Shell, "comm_close", new JsonObject { ["comm_id"] = slider }), Patience);
        Assert.Equal(["status", "comm_close", "status"], Move(slider, 5).Select(message => message.Type));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"method\":7}")]
    [InlineData("{\"method\":\"update\"}")]
    [InlineData("{\"method\":\"update\",\"state\":[]}")]
    [InlineData("{\"method\":\"update\",\"state\":{\"value\":\"much\"}}")]
    [InlineData("{\"method\":\"update\",\"state\":{\"value\":1e999}}")]
    [InlineData("{\"method\":\"update\",\"state\":{\"_model_name\":\"ButtonModel\",\"outputs\":[1]}}")]
    [InlineData("{\"method\":\"update\",\"state\":{\"value\":1,\"value\":2}}")]
    [InlineData("{\"method\":\"custom\",\"content\":{\"event\":{}}}")]
    public void What_a_front_end_may_not_say_changes_nothing(string data)
    {
        string slider = Slider(kernel.Run("Show-Slider -Maximum 9 { param($i) \"at $i\" }"));

        Assert.Equal(
            ["status", "status"],
            kernel.Client.Outputs(Send(slider, (JsonObject)JsonNode.Parse(data)!), Patience).Select(message => message.Type)
        );
        Assert.Equal("at 3", Output(Move(slider, 3)[^2]));
    }

    [Theory]
    [InlineData("-Minimum 5 -Maximum 5", "-Maximum must be more than -Minimum")]
    [InlineData("-Step 0", "-Step must be above 0")]
    [InlineData("-Value 101", "-Value must be from -Minimum to -Maximum")]
    public void A_range_that_is_none_is_an_error(string range, string expected)
    {
        // Other tests' cells, of which some are made at random, may have set the preference.
        string cell = $"$ErrorActionPreference = 'Stop'; Show-Slider {range} {{ 1 }}";
        WireMessage error = Assert.Single(kernel.Run(cell), message => message.Type == "error");

        Assert.Contains(expected, error.Text("evalue"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_oldest_widgets_are_closed_where_there_are_too_many()
    {
        string first = Slider(kernel.Run("Show-Slider { 1 }"));
        IReadOnlyList<WireMessage> said = kernel.Run("foreach ($i in 1..200) { Show-Button b { } }");

        Assert.Contains(said, message => message.Type == "comm_close" && message.Text("comm_id") == first);
    }

    private static string Slider(IReadOnlyList<WireMessage> said) =>
        said.Single(message => Model(message)?.EndsWith("SliderModel", StringComparison.Ordinal) == true).Text("comm_id");

    private static string? Model(WireMessage message) =>
        message.Type == "comm_open" ? message.Content["data"]!["state"]!["_model_name"]!.GetValue<string>() : null;

    private static IEnumerable<JsonNode?> Changes(IEnumerable<WireMessage> said, string name) =>
        said.Where(message => message.Type == "comm_msg")
            .Select(message => message.Content["data"]!["state"] as JsonObject)
            .Where(state => state?.ContainsKey(name) == true)
            .Select(state => state![name]);

    private static JsonArray Outputs(WireMessage message) => message.Content["data"]!["state"]!["outputs"]!.AsArray();

    private static string Output(WireMessage message) =>
        string.Join('|', Outputs(message).Select(output => (output!["text"] ?? output["data"]!["text/plain"])!.GetValue<string>()));

    private static int Number(JsonObject state, string name) => state[name]!.GetValue<int>();

    private static JsonObject Update(JsonNode value) =>
        new()
        {
            ["method"] = "update",
            ["state"] = new JsonObject { ["value"] = value },
            ["buffer_paths"] = new JsonArray(),
        };

    private string Send(string comm, JsonObject data) =>
        kernel.Client.Send(Channel.Shell, "comm_msg", new JsonObject { ["comm_id"] = comm, ["data"] = data });

    private IReadOnlyList<WireMessage> Move(string slider, JsonNode value) => kernel.Client.Outputs(Send(slider, Update(value)), Patience);
}
