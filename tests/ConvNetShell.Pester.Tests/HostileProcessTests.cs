namespace ConvNetShell.Pester.Tests;

/// <summary>
/// The acceptance suite by Pester 5 where everything is unlike its makers' machine: from a folder with a space, brackets and Cyrillic
/// letters, on an Arabic machine, under strict mode, in a process that has loaded other versions of the module's assemblies.
/// </summary>
[Trait("Speed", "Slow")]
public sealed class HostileProcessTests
{
    public static async Task<IEnumerable<TheoryDataRow<PesterTest>>> Rows() =>
        await Suite.RunAsync(
            new Condition
            {
                Pester = Settings.PesterOlderVersion,
                Culture = "ar-SA",
                OnlyQuick = true,
                Strict = true,
                Assemblies = Settings.OtherAssemblies,
                Root = CopiedModule.Create("a [b] и ж"),
            }
        );

    [Theory(DisplayName = "Pester 5, odd path, other assemblies, ar-SA, strict")]
    [MemberData(nameof(Rows), DisableDiscoveryEnumeration = true)]
    public void Passes(PesterTest test) => test.Check();
}
