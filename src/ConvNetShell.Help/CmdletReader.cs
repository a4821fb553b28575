using System.Reflection;

namespace ConvNetShell.Help;

/// <summary>Reads the cmdlets of an assembly without running it.</summary>
internal sealed class CmdletReader : IDisposable
{
    private const string Everywhere = "__AllParameterSets";

    // The help topic about the cmdlets of a folder.
    private static readonly Dictionary<string, string> Topics = new(StringComparer.Ordinal)
    {
        ["Build"] = "about_ConvNetShell_Spec",
        ["Commands"] = "about_ConvNetShell_Notebooks",
        ["Data"] = "about_ConvNetShell_Datasets",
        ["Evaluation"] = "about_ConvNetShell_Inside",
        ["Interop"] = "about_ConvNetShell_Interop",
        ["Operators"] = "about_ConvNetShell_Lecture",
        ["Show"] = "about_ConvNetShell_Inside",
        ["Sweeps"] = "about_ConvNetShell_Sweeps",
        ["Training"] = "about_ConvNetShell_Training",
        ["Understanding"] = "about_ConvNetShell_Inside",
    };

    private readonly MetadataLoadContext context;
    private readonly Assembly assembly;
    private readonly XmlDocumentation documentation;

    public CmdletReader(string path, IEnumerable<string> references, XmlDocumentation documentation)
    {
        this.documentation = documentation;
        context = new MetadataLoadContext(new PathAssemblyResolver([path, .. references]));
        assembly = context.LoadFromAssemblyPath(path);
    }

    /// <summary>Returns the cmdlets by name.</summary>
    public IReadOnlyList<CmdletHelp> Read() =>
        [
            .. assembly
                .GetExportedTypes()
                .Where(type => Find(type, "CmdletAttribute") is not null)
                .Select(Read)
                .OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal),
        ];

    /// <inheritdoc />
    public void Dispose() => context.Dispose();

    private CmdletHelp Read(Type type)
    {
        CustomAttributeData cmdlet = Find(type, "CmdletAttribute")!;
        IReadOnlyList<string> description = documentation.Paragraphs(type.FullName!);
        return new CmdletHelp(
            (string)cmdlet.ConstructorArguments[0].Value!,
            (string)cmdlet.ConstructorArguments[1].Value!,
            FirstSentence(description[0]),
            description,
            Sets(type, cmdlet),
            [
                .. type.GetCustomAttributesData()
                    .Where(data => data.AttributeType.Name == "OutputTypeAttribute")
                    .SelectMany(OutputTypes)
                    .Distinct(StringComparer.Ordinal)
                    .Select(name => new TypeHelp(name, documentation.Type(name))),
            ],
            documentation.Examples(type.FullName!),
            documentation.Sources(type.FullName!),
            Topics.GetValueOrDefault(type.Namespace!.Split('.')[^1]),
            Named(cmdlet, "HelpUri") as string
        );
    }

    private static IEnumerable<string> OutputTypes(CustomAttributeData data) =>
        data
            .ConstructorArguments.SelectMany(argument =>
                argument.Value is IEnumerable<CustomAttributeTypedArgument> many ? many : [argument]
            )
            .Select(argument => argument.Value)
            .OfType<Type>()
            .Select(type => type.FullName!);

    private IReadOnlyList<ParameterSetHelp> Sets(Type type, CustomAttributeData cmdlet)
    {
        var parameters = type.GetProperties()
            .SelectMany(property =>
                property
                    .GetCustomAttributesData()
                    .Where(data => data.AttributeType.Name == "ParameterAttribute")
                    .Select(data => (Property: property, Data: data))
            )
            .ToList();
        // The engine adds these two where a cmdlet asks before it acts, so no property has their documentation.
        ParameterHelp[] shouldProcess = Named(cmdlet, "SupportsShouldProcess") is true
            ? [Common("WhatIf", "Shows what would happen, without doing it."), Common("Confirm", "Asks for confirmation first.")]
            : [];
        string[] names =
        [
            .. parameters.Select(parameter => SetOf(parameter.Data)).Where(name => name != Everywhere).Distinct(StringComparer.Ordinal),
        ];
        string? standard = Named(cmdlet, "DefaultParameterSetName") as string;
        return
        [
            .. names
                .DefaultIfEmpty(Everywhere)
                .OrderBy(name => name == standard ? 0 : 1)
                .Select(name => new ParameterSetHelp(
                    name,
                    [
                        .. parameters
                            .Where(parameter => SetOf(parameter.Data) == name || SetOf(parameter.Data) == Everywhere)
                            .Select(parameter => Read(type, parameter.Property, parameter.Data))
                            .OrderBy(parameter => parameter.Position ?? int.MaxValue)
                            .ThenBy(parameter => parameter.Required ? 0 : 1),
                        .. shouldProcess,
                    ]
                )),
        ];
    }

    private static ParameterHelp Common(string name, string text) =>
        new(name, "SwitchParameter", [], text, false, null, false, false, [], false);

    private ParameterHelp Read(Type type, PropertyInfo property, CustomAttributeData data)
    {
        Type value = Nullable(property.PropertyType);
        return new ParameterHelp(
            property.Name,
            value.Name,
            value.IsEnum ? [.. value.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.Name)] : [],
            documentation.Property(property.DeclaringType!.FullName!, property.Name),
            Named(data, "Mandatory") is true || IsRefusedMissing(type, property),
            Named(data, "Position") is int position and >= 0 ? position : null,
            Named(data, "ValueFromPipeline") is true,
            Named(data, "ValueFromPipelineByPropertyName") is true,
            [
                .. Find(property, "AliasAttribute")
                    ?.ConstructorArguments.SelectMany(argument =>
                        ((IEnumerable<CustomAttributeTypedArgument>)argument.Value!).Select(alias => (string)alias.Value!)
                    )
                    ?? [],
            ],
            Find(property, "SupportsWildcardsAttribute") is not null
        );
    }

    /// <summary>
    /// Whether the cmdlet itself refuses a missing network: the engine would ask for it before it is known which of two words it is.
    /// </summary>
    private static bool IsRefusedMissing(Type type, PropertyInfo property) =>
        property.Name == "Network" && type.GetInterfaces().Any(face => face.Name == "INetworkAndDataset");

    private static Type Nullable(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition().FullName == "System.Nullable`1" ? type.GetGenericArguments()[0] : type;

    private static string SetOf(CustomAttributeData data) => Named(data, "ParameterSetName") as string ?? Everywhere;

    private static object? Named(CustomAttributeData data, string name) =>
        data.NamedArguments.Where(argument => argument.MemberName == name).Select(argument => argument.TypedValue.Value).FirstOrDefault();

    private static CustomAttributeData? Find(MemberInfo member, string name) =>
        member.GetCustomAttributesData().FirstOrDefault(data => data.AttributeType.Name == name);

    private static string FirstSentence(string text)
    {
        int end = text.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? text : text[..(end + 1)];
    }
}
