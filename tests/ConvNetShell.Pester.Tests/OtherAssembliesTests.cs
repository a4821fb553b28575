namespace ConvNetShell.Pester.Tests;

/// <summary>
/// The acceptance suite in a process that has loaded other versions of the module's assemblies, on a Turkish machine, under strict mode.
/// </summary>
[Trait("Speed", "Slow")]
public sealed class OtherAssembliesTests
{
    public static async Task<IEnumerable<TheoryDataRow<PesterTest>>> Rows() =>
        await Suite.RunAsync(
            new Condition
            {
                Pester = Settings.PesterVersion,
                Culture = "tr-TR",
                OnlyQuick = true,
                Strict = true,
                Assemblies = Settings.OtherAssemblies,
            }
        );

    [Theory(DisplayName = "Other assemblies, tr-TR, strict")]
    [MemberData(nameof(Rows), DisableDiscoveryEnumeration = true)]
    public void Passes(PesterTest test) => test.Check();
}
