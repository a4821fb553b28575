using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace ConvNetShell.Architecture.Tests;

/// <summary>What the metadata of a built assembly says; nothing is loaded to read it.</summary>
internal sealed class BuiltAssembly
{
    private const string Protoc = "OnnxReflection.descriptor";

    public static string Root { get; } = (string)AppContext.GetData("ConvNetShell.Root")!;

    private BuiltAssembly(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        MetadataReader reader = file.GetMetadataReader();
        References = [.. reader.AssemblyReferences.Select(handle => reader.GetString(reader.GetAssemblyReference(handle).Name))];
        UsedTypes =
        [
            .. reader
                .TypeReferences.Select(reader.GetTypeReference)
                .Select(type => $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}"),
        ];
        MutableStatics =
        [
            .. reader
                .FieldDefinitions.Select(reader.GetFieldDefinition)
                .Where(field =>
                    field.Attributes.HasFlag(FieldAttributes.Static)
                    && (field.Attributes & (FieldAttributes.InitOnly | FieldAttributes.Literal)) == 0
                )
                .Select(field => (Type: reader.GetTypeDefinition(field.GetDeclaringType()), Field: reader.GetString(field.Name)))
                .Where(entry => !reader.GetString(entry.Type.Name).StartsWith('<'))
                .Select(entry => $"{reader.GetString(entry.Type.Name)}.{entry.Field}")
                .Where(name => name != Protoc),
        ];
    }

    public IReadOnlyList<string> References { get; }

    /// <summary>Every type of another assembly that this one names.</summary>
    public IReadOnlyList<string> UsedTypes { get; }

    /// <summary>Static fields that something may change, those of the compiler and of protoc aside.</summary>
    public IReadOnlyList<string> MutableStatics { get; }

    public static BuiltAssembly Read(string name) =>
        new(name == "cnsh" ? Path.Combine(AppContext.BaseDirectory, "cnsh.dll") : PathOf(name));

    /// <summary>Returns where an assembly of the module is.</summary>
    public static string PathOf(string name) => Path.Combine(Root, "module", "bin", name + ".dll");

    /// <summary>What is referenced beside .NET itself.</summary>
    public IEnumerable<string> OutsideReferences() =>
        References
            .Where(name => !name.StartsWith("System.", StringComparison.Ordinal) || name == "System.Management.Automation")
            .Where(name => name is not "netstandard" and not "mscorlib");
}
