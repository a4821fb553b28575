using System.Text.Json.Nodes;
using ConvNetShell.Kernel.Tests.Support;
using ConvNetShell.Kernel.Wire;

namespace ConvNetShell.Kernel.Tests.Debugging;

/// <summary>What a front end's view of variables asks for, in a kernel in this process.</summary>
[Collection(OneAtATime.Name)]
public sealed class VariableTests(KernelFixture kernel)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("42", "int", "42")]
    [InlineData("0.5", "double", "0.5")]
    [InlineData("'two\nlines'", "string", "two lines")]
    [InlineData("$null", "null", "$null")]
    [InlineData("$true", "bool", "$true")]
    [InlineData("[int[]](1, 2)", "int[]", "2 items: 1, 2")]
    [InlineData("@(1, @(2, 3))", "System.Object[]", "2 items: 1, (2 items)")]
    [InlineData("@{ A = 1 }", "hashtable", "1 entries: A")]
    [InlineData("[pscustomobject]@{ A = 1; B = 'x' }", "pscustomobject", "@{A=1; B=x}")]
    [InlineData("[float[,]]::new(2, 3)", "float[,]", "2 x 3")]
    [InlineData("'x' * 1000", "string", "xxx")]
    [InlineData(
        "[ConvNetShell.Kernel.Client.KernelTestResult]::new('n', $true, 0, 0, 0, 'm', 'p')",
        "KernelTestResult",
        "KernelTestResult {"
    )]
    public void A_variable_has_its_type_and_a_line(string value, string type, string line)
    {
        kernel.Run($"$shown = {value}");

        JsonObject entry = Entry("shown");

        Assert.Equal((type, "$shown"), (entry["type"]!.GetValue<string>(), entry["evaluateName"]!.GetValue<string>()));
        Assert.StartsWith(line, entry["value"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.InRange(entry["value"]!.GetValue<string>().Length, 1, 203);
    }

    [Fact]
    public void Only_the_user_s_variables_are_listed_also_while_a_cell_runs()
    {
        kernel.Run("Get-Variable | Remove-Variable -ErrorAction Ignore; 5; $mine = 1");
        string cell = kernel.Client.Send(
            Channel.Shell,
            "execute_request",
            new JsonObject { ["code"] = "$during = 2; function f { $local = 3; Start-Sleep 3 }; f" }
        );
        Thread.Sleep(1000);

        string[] names = [.. Variables().Select(entry => entry!["name"]!.GetValue<string>())];
        kernel.Client.Outputs(cell, Patience);

        Assert.Equal(["during", "mine"], names);
    }

    [Fact]
    public void The_parts_of_collections_are_asked_for_by_number()
    {
        kernel.Run("$shown = @{ List = 1, 'b' }");
        int table = Entry("shown")["variablesReference"]!.GetValue<int>();

        JsonNode list = Body("variables", Arguments("variablesReference", table))["variables"]![0]!;
        JsonArray items = Body("variables", Arguments("variablesReference", list["variablesReference"]!.GetValue<int>()))[
            "variables"
        ]!.AsArray();

        Assert.Equal("List", list["name"]!.GetValue<string>());
        Assert.Equal(["[0] int 1", "[1] string b"], items.Select(item => $"{item!["name"]} {item["type"]} {item["value"]}"));
        Assert.False(Ask("variables", Arguments("variablesReference", 123456))["success"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("[pscustomobject]@{ A = 1 }", "text/html", "<table")]
    [InlineData("[pscustomobject]@{ A = 1 }", "text/plain", "A")]
    [InlineData("1, 2", "text/plain", "1\n2")]
    [InlineData("$null", "text/plain", "$null")]
    public void A_variable_is_drawn_while_a_cell_runs(string value, string mime, string expected)
    {
        kernel.Run($"$shown = {value}");
        string cell = kernel.Client.Send(Channel.Shell, "execute_request", new JsonObject { ["code"] = "Start-Sleep 2" });

        JsonNode data = Body("richInspectVariables", Arguments("variableName", "shown"))["data"]!;
        kernel.Client.Outputs(cell, Patience);

        Assert.Contains(expected, data[mime]!.GetValue<string>().ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void JupyterLab_finds_the_view_and_starts_and_ends_the_debugger()
    {
        Assert.False(Body("debugInfo", [])["isStarted"]!.GetValue<bool>());
        Assert.True(Body("debugInfo", [])["richRendering"]!.GetValue<bool>());
        Body("initialize", []);
        Body("attach", []);
        Assert.True(Body("debugInfo", [])["isStarted"]!.GetValue<bool>());
        Body("disconnect", []);
        Assert.False(Body("debugInfo", [])["isStarted"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"command\":7,\"seq\":\"x\"}")]
    [InlineData("{\"command\":\"next\",\"arguments\":[]}")]
    [InlineData("{\"command\":\"variables\",\"arguments\":{\"variablesReference\":[1]}}")]
    [InlineData("{\"command\":\"richInspectVariables\",\"arguments\":{\"variableName\":\"no:such\"}}")]
    public void What_cannot_be_answered_fails_with_a_message(string content)
    {
        WireMessage reply = kernel.Client.Ask(Channel.Control, "debug_request", (JsonObject)JsonNode.Parse(content)!, Patience);

        Assert.Equal(("debug_reply", "response"), (reply.Type, reply.Text("type")));
        Assert.False(reply.Flag("success", true));
        Assert.NotEmpty(reply.Text("message"));
    }

    private static JsonObject Arguments(string name, JsonNode value) => new() { [name] = value };

    private JsonArray Variables() => Body("inspectVariables", [])["variables"]!.AsArray();

    private JsonObject Entry(string name) => Variables().Single(entry => entry!["name"]!.GetValue<string>() == name)!.AsObject();

    private JsonNode Body(string command, JsonObject arguments) => new DebugClient(kernel).Body(command, arguments);

    private JsonObject Ask(string command, JsonObject arguments) => new DebugClient(kernel).Ask(command, arguments);
}
