namespace ConvNetShell.Pester.Tests;

/// <summary>The acceptance suite by Pester 5, on a German machine.</summary>
[Trait("Speed", "Slow")]
public sealed class Pester5Tests
{
    public static async Task<IEnumerable<TheoryDataRow<PesterTest>>> Rows() =>
        await Suite.RunAsync(
            new Condition
            {
                Pester = Settings.PesterOlderVersion,
                Culture = "de-DE",
                OnlyQuick = true,
            }
        );

    [Theory(DisplayName = "Pester 5, de-DE")]
    [MemberData(nameof(Rows), DisableDiscoveryEnumeration = true)]
    public void Passes(PesterTest test) => test.Check();
}
