using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ConvNetShell.Architecture.Tests;

/// <summary>Help is made from the XML documentation: every cmdlet has a summary and an example, every parameter a summary.</summary>
public sealed class DocumentationTests
{
    private static readonly string Bin = Path.Combine(BuiltAssembly.Root, "module", "bin");

    private static readonly string[] Assemblies = ["ConvNetShell.Cmdlets", "ConvNetShell.Kernel"];

    private static readonly Dictionary<string, XElement> Members = Assemblies
        .Append("ConvNetShell.Core") // parameters take the text of the setting they set
        .SelectMany(name => XDocument.Load(Path.Combine(Bin, name + ".xml")).Descendants("member"))
        // the compiler's own helpers stand in each
        .Where(member => member.Attribute("name")!.Value.Contains("ConvNetShell", StringComparison.Ordinal))
        .DistinctBy(member => member.Attribute("name")!.Value) // sources that several projects compile are in the documentation of each
        .ToDictionary(member => member.Attribute("name")!.Value);

    public static TheoryData<string> Cmdlets => [.. Types("Command").Where(name => name.Contains(".Commands.", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_cmdlet_has_a_summary_and_an_example(string type)
    {
        XElement member = Assert.Contains($"T:{type}", (IReadOnlyDictionary<string, XElement>)Members);

        Assert.NotEmpty(member.Element("summary")!.Value.Trim());
        Assert.Contains(member.Elements("example"), example => example.Value.Trim().Length > 0);
    }

    [Fact]
    public void Every_parameter_has_a_summary()
    {
        var parameters = Parameters().ToArray();

        Assert.True(parameters.Length > 50, $"only {parameters.Length} parameters were found");
        Assert.All(parameters, name => Assert.True(Summary($"P:{name}") is { Length: > 10 }, $"{name} has no summary"));
    }

    [Fact]
    public void What_SECURITY_promises_has_its_tests()
    {
        string[] names =
        [
            .. Regex
                .Matches(File.ReadAllText(Path.Combine(BuiltAssembly.Root, "SECURITY.md")), @"`(?<name>[\w-]+Tests|[\w-]+\.Tests\.ps1)`")
                .Select(match => match.Groups["name"].Value),
        ];
        string[] files =
        [
            .. Directory
                .EnumerateFiles(Path.Combine(BuiltAssembly.Root, "tests"), "*Tests.*", SearchOption.AllDirectories)
                .Select(file => Path.GetFileName(file)),
        ];

        Assert.True(names.Length > 20, $"only {names.Length} names were found");
        Assert.All(names, name => Assert.Contains(name.EndsWith(".ps1", StringComparison.Ordinal) ? name : name + ".cs", files));
    }

    private static string? Summary(string name) =>
        !Members.TryGetValue(name, out XElement? member) ? null
        : member.Element("inheritdoc")?.Attribute("cref")?.Value is string other ? Summary(other)
        : member.Element("summary")?.Value.Trim();

    private static IEnumerable<string> Types(string suffix) =>
        Read(reader =>
            reader
                .TypeDefinitions.Select(reader.GetTypeDefinition)
                .Where(type =>
                    type.Attributes.HasFlag(TypeAttributes.Public) && reader.GetString(type.Name).EndsWith(suffix, StringComparison.Ordinal)
                )
                .Select(type => FullName(reader, type))
        );

    private static IEnumerable<string> Parameters() =>
        Read(reader =>
            from type in reader.TypeDefinitions.Select(reader.GetTypeDefinition)
            from property in type.GetProperties().Select(reader.GetPropertyDefinition)
            where property.GetCustomAttributes().Any(handle => IsParameter(reader, reader.GetCustomAttribute(handle)))
            select $"{FullName(reader, type)}.{reader.GetString(property.Name)}"
        );

    private static bool IsParameter(MetadataReader reader, CustomAttribute attribute) =>
        attribute.Constructor.Kind == HandleKind.MemberReference
        && reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is { Kind: HandleKind.TypeReference } parent
        && reader.GetString(reader.GetTypeReference((TypeReferenceHandle)parent).Name) == "ParameterAttribute";

    private static string FullName(MetadataReader reader, TypeDefinition type) =>
        $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}";

    private static string[] Read(Func<MetadataReader, IEnumerable<string>> select) =>
        [
            .. Assemblies.SelectMany(name =>
            {
                using var file = new PEReader(File.OpenRead(Path.Combine(Bin, name + ".dll")));
                return select(file.GetMetadataReader()).ToArray();
            }),
        ];
}
