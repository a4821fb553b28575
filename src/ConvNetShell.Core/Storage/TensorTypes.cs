using static TorchSharp.torch;

namespace ConvNetShell.Core.Storage;

/// <summary>The types of values in files, by the names of safetensors.</summary>
internal static class TensorTypes
{
    private static readonly (string Name, int Size, ScalarType? Type)[] All =
    [
        ("F64", 8, ScalarType.Float64),
        ("F32", 4, ScalarType.Float32),
        ("F16", 2, ScalarType.Float16),
        ("BF16", 2, ScalarType.BFloat16),
        ("I64", 8, ScalarType.Int64),
        ("I32", 4, ScalarType.Int32),
        ("I16", 2, ScalarType.Int16),
        ("I8", 1, ScalarType.Int8),
        ("U8", 1, ScalarType.Byte),
        ("BOOL", 1, ScalarType.Bool),
        ("U64", 8, null), // listed, but libtorch computes with none of these
        ("U32", 4, null),
        ("U16", 2, null),
        ("F8_E4M3", 1, null),
        ("F8_E5M2", 1, null),
    ];

    /// <summary>Gets the names.</summary>
    public static IEnumerable<string> Names => All.Select(type => type.Name);

    /// <summary>Returns the bytes a value takes, or <see langword="null"/> for an unknown type.</summary>
    /// <param name="name">The type's name.</param>
    public static int? SizeOf(string name) => Array.Find(All, type => type.Name == name) is { Size: > 0 and var size } ? size : null;

    /// <summary>Returns libtorch's type, or <see langword="null"/> where it has none.</summary>
    /// <param name="name">The type's name.</param>
    public static ScalarType? Find(string name) => Array.Find(All, type => type.Name == name).Type;

    /// <summary>Returns the name of a type.</summary>
    /// <param name="type">The type of a tensor's values.</param>
    /// <exception cref="NotSupportedException">Files cannot hold it.</exception>
    public static string NameOf(ScalarType type) =>
        Array.Find(All, known => known.Type == type).Name ?? throw new NotSupportedException($"Files hold no tensors of {type}.");
}
