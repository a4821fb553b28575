namespace ConvNetShell.Pester.Tests;

/// <summary>Folders and versions that the project file names.</summary>
internal static class Settings
{
    public static string Root { get; } = Read("RepositoryRoot");

    public static string PesterVersion { get; } = Read("Pester");

    public static string PesterOlderVersion { get; } = Read("PesterOlder");

    /// <summary>Other versions of the assemblies that the module brings.</summary>
    public static IReadOnlyList<string> OtherAssemblies { get; } =
    [
        Package("skiasharp", Read("OtherSkiaSharp"), "lib", "net10.0", "SkiaSharp.dll"),
        Package("newtonsoft.json", Read("OtherNewtonsoftJson"), "lib", "netstandard2.0", "Newtonsoft.Json.dll"),
        Package("google.protobuf", Read("OtherProtobuf"), "lib", "net5.0", "Google.Protobuf.dll"),
        Package("sharpziplib", Read("OtherSharpZipLib"), "lib", "netstandard2.0", "ICSharpCode.SharpZipLib.dll"),
        .. OperatingSystem.IsLinux() && System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier is { } rid
            ? [Package("skiasharp.nativeassets.linux.nodependencies", Read("OtherSkiaSharp"), "runtimes", rid, "native", "libSkiaSharp.so")]
            : Array.Empty<string>(),
    ];

    /// <summary>Pester's manifest in the package folder.</summary>
    public static string Pester(string version) => Package("pester", version, "tools", "Pester.psd1");

    private static string Package(params string[] parts) => Path.Combine([Read("Packages"), .. parts]);

    private static string Read(string name) =>
        (string?)AppContext.GetData("ConvNetShell." + name)
        ?? throw new InvalidOperationException($"The project file does not name {name}.");
}
