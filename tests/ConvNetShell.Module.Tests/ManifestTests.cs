using System.Management.Automation;
using System.Reflection;
using ConvNetShell.Module.Tests.Support;

namespace ConvNetShell.Module.Tests;

/// <summary>The manifest against the assembly it ships.</summary>
public sealed class ManifestTests(ModuleFixture module)
{
    private static readonly HashSet<string> ApprovedVerbs =
    [
        .. new[]
        {
            typeof(VerbsCommon),
            typeof(VerbsData),
            typeof(VerbsLifecycle),
            typeof(VerbsDiagnostic),
            typeof(VerbsCommunications),
            typeof(VerbsSecurity),
            typeof(VerbsOther),
        }
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Select(field => (string)field.GetRawConstantValue()!),
    ];

    public static TheoryData<string> CmdletNames => [.. Manifest()["CmdletsToExport"].Cast<string>()];

    private static Assembly Cmdlets(ModuleFixture module) => module.Get<Type>("(Get-Command Start-Training).ImplementingType").Assembly;

    private static Assembly Kernel(ModuleFixture module) => module.Get<Type>("(Get-Command Invoke-Notebook).ImplementingType").Assembly;

    [Fact]
    public void It_names_every_cmdlet_of_the_assemblies_and_nothing_else()
    {
        var inAssembly = Cmdlets(module)
            .GetExportedTypes()
            .Concat(Kernel(module).GetExportedTypes())
            .Select(type => type.GetCustomAttribute<CmdletAttribute>())
            .OfType<CmdletAttribute>()
            .Select(attribute => $"{attribute.VerbName}-{attribute.NounName}")
            .Order(StringComparer.Ordinal);
        var named = Manifest()["CmdletsToExport"].Cast<string>().ToArray();

        Assert.Equal(inAssembly, named.Order(StringComparer.Ordinal));
        Assert.Equal(
            named.Order(StringComparer.Ordinal),
            module.Run("(Get-Module ConvNetShell).ExportedCommands.Keys").Select(name => name.ToString()).Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("CmdletsToExport")]
    [InlineData("FunctionsToExport")]
    [InlineData("AliasesToExport")]
    [InlineData("VariablesToExport")]
    public void It_has_no_wildcard(string export) =>
        Assert.DoesNotContain(Manifest()[export].Cast<string>(), name => WildcardPattern.ContainsWildcardCharacters(name));

    [Fact]
    public void Its_version_is_the_assemblies()
    {
        Version version = Cmdlets(module).GetName().Version!;

        Assert.Equal(version.ToString(3), module.Get<string>("(Get-Module ConvNetShell).Version.ToString()"));
    }

    [Theory]
    [MemberData(nameof(CmdletNames))]
    public void Each_cmdlet_is_named_typed_and_sealed_as_PowerShell_wants_it(string name)
    {
        Type type = module.Get<Type>("param($name) (Get-Command $name).ImplementingType", name);
        string[] parts = name.Split('-');

        Assert.Contains(parts[0], ApprovedVerbs);
        Assert.DoesNotMatch("[^s]s$", parts[1]);
        Assert.True(type.IsSealed);
        Assert.Equal($"{parts[0]}{parts[1]}Command", type.Name);
        Assert.NotEmpty(type.GetCustomAttributes<OutputTypeAttribute>().SelectMany(attribute => attribute.Type));
    }

    [Theory]
    [MemberData(nameof(CmdletNames))]
    public void Each_cmdlet_shows_its_syntax(string name) =>
        Assert.Contains(name, module.Get<string>("param($name) (Get-Command $name -Syntax | Out-String)", name), StringComparison.Ordinal);

    private static Dictionary<string, object[]> Manifest()
    {
        var table = (System.Collections.Hashtable)PowerShellDataFile(ModulePaths.Manifest);
        return table
            .Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => entry.Value as object[] ?? [entry.Value!]);
    }

    private static object PowerShellDataFile(string path) =>
        System
            .Management.Automation.Language.Parser.ParseFile(path, out _, out _)
            .Find(ast => ast is System.Management.Automation.Language.HashtableAst, searchNestedScriptBlocks: false)!
            .SafeGetValue();
}
