namespace ConvNetShell.Module.Tests.Support;

/// <summary>Where the built module and the test files are.</summary>
internal static class ModulePaths
{
    public static string Manifest { get; } = (string)AppContext.GetData("ConvNetShell.Manifest")!;

    public static string Root { get; } = Path.GetDirectoryName(Manifest)!;

    public static string Bin { get; } = Path.Combine(Root, "module", "bin");

    public static string Pester { get; } = Path.Combine(Root, "tests", "Pester");

    public static string StandIn { get; } = Path.Combine(Root, "tests", "ConvNetShell.Module.Tests", "PesterStandIn.ps1");
}
