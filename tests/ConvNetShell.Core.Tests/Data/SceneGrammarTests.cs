using ConvNetShell.Core.Data.Generated;

namespace ConvNetShell.Core.Tests.Data;

public sealed class SceneGrammarTests
{
    private static readonly SceneGroup Ring = new(1, "small", "red", "ring"),
        Crosses = new(2, "large", "blue", "cross");

    [Fact]
    public void Scenes_are_said_in_three_ways()
    {
        Assert.Equal(
            ["two large blue crosses", "there are two large blue crosses", "the picture shows two large blue crosses"],
            SceneGrammar.Say(new SceneFacts(Crosses))
        );
        Assert.Equal(
            [
                "a small red ring left of two large blue crosses",
                "there is a small red ring left of two large blue crosses",
                "left of two large blue crosses is a small red ring",
            ],
            SceneGrammar.Say(new SceneFacts(Ring, "left of", Crosses))
        );
    }

    [Fact]
    public void What_is_said_is_understood()
    {
        foreach (string relation in SceneGrammar.Relations)
        {
            foreach (
                SceneFacts facts in new SceneFacts[] { new(Ring), new(Crosses), new(Ring, relation, Crosses), new(Crosses, relation, Ring) }
            )
            {
                Assert.All(SceneGrammar.Say(facts), caption => Assert.Equal(facts, SceneGrammar.Parse(caption)));
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("left of")]
    [InlineData("a small red")]
    [InlineData("a small red rings")]
    [InlineData("two small red ring")]
    [InlineData("there are a small red ring")]
    [InlineData("a small red ring left a small blue ring")]
    [InlineData("a small red ring above")]
    [InlineData("a small red ring a small blue ring")]
    [InlineData("above a small red ring is a small blue")]
    [InlineData("a small red ring above a small blue ring above a small pink ring")]
    public void What_the_grammar_does_not_say_is_not_understood(string caption) => Assert.Null(SceneGrammar.Parse(caption));

    [Fact]
    public void Facts_are_counted_group_by_group()
    {
        var facts = new SceneFacts(Ring, "above", Crosses);
        Assert.Equal(9, facts.Count);
        Assert.Equal(9, facts.RightIn(facts));
        Assert.Equal(8, facts.RightIn(facts with { Relation = "left of" }));
        Assert.Equal(7, facts.RightIn(facts with { First = new SceneGroup(1, "small", "blue", "cross") }));
        Assert.Equal(4, facts.RightIn(new SceneFacts(Ring)));
        Assert.Equal(0, facts.RightIn(null));
        Assert.Equal(4, new SceneFacts(Ring).RightIn(facts));
    }
}
