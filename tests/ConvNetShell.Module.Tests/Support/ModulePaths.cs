namespace ConvNetShell.Module.Tests.Support;

/// <summary>Where the built module and the test files are.</summary>
internal static class ModulePaths
{
    public static string Manifest { get; } = (string)AppContext.GetData("ConvNetShell.Manifest")!;

    public static string Root { get; } = Path.GetDirectoryName(Manifest)!;

    public static string Bin { get; } = Path.Combine(Root, "module", "bin");
}
