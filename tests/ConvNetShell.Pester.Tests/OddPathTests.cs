namespace ConvNetShell.Pester.Tests;

/// <summary>The acceptance suite by Pester 5, from a folder with a space, brackets and Cyrillic letters, on an Arabic machine.</summary>
[Trait("Speed", "Slow")]
public sealed class OddPathTests
{
    public static async Task<IEnumerable<TheoryDataRow<PesterTest>>> Rows() =>
        await Suite.RunAsync(
            new Condition
            {
                Pester = Settings.PesterOlderVersion,
                Culture = "ar-SA",
                OnlyQuick = true,
                Root = CopiedModule.Create("a [b] и ж"),
            }
        );

    [Theory(DisplayName = "Pester 5, odd path, ar-SA")]
    [MemberData(nameof(Rows), DisableDiscoveryEnumeration = true)]
    public void Passes(PesterTest test) => test.Check();
}
