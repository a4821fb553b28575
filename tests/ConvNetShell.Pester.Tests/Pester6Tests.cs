namespace ConvNetShell.Pester.Tests;

/// <summary>The acceptance suite by the newest Pester, on a Turkish machine, where upper and lower case differ from ours.</summary>
[Trait("Speed", "Slow")]
public sealed class Pester6Tests
{
    public static async Task<IEnumerable<TheoryDataRow<PesterTest>>> Rows() =>
        await Suite.RunAsync(new Condition { Pester = Settings.PesterVersion, Culture = "tr-TR" });

    [Theory(DisplayName = "Pester 6, tr-TR")]
    [MemberData(nameof(Rows), DisableDiscoveryEnumeration = true)]
    public void Passes(PesterTest test) => test.Check();
}
