namespace ConvNetShell.Pester.Tests;

/// <summary>The acceptance suite by the newest Pester.</summary>
[Trait("Speed", "Slow")]
public sealed class Pester6Tests
{
    public static async Task<IEnumerable<TheoryDataRow<PesterTest>>> Rows() =>
        await Suite.RunAsync(new Condition { Pester = Settings.PesterVersion });

    [Theory(DisplayName = "Pester 6")]
    [MemberData(nameof(Rows), DisableDiscoveryEnumeration = true)]
    public void Passes(PesterTest test) => test.Check();
}
