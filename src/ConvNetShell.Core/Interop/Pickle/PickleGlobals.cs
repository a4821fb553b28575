namespace ConvNetShell.Core.Interop.Pickle;

/// <summary>The only names of Python that a file may mention. None is looked up or called: each stands for a record of ours.</summary>
internal static class PickleGlobals
{
    /// <summary>The name of an ordered dictionary.</summary>
    public const string OrderedDictionary = "collections.OrderedDict";

    /// <summary>The name of the function that makes a tensor of a storage.</summary>
    public const string Tensor = "torch._utils._rebuild_tensor_v2";

    /// <summary>The name of the function that makes a parameter of a tensor.</summary>
    public const string Parameter = "torch._utils._rebuild_parameter";

    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        ["torch.DoubleStorage"] = "F64",
        ["torch.FloatStorage"] = "F32",
        ["torch.HalfStorage"] = "F16",
        ["torch.BFloat16Storage"] = "BF16",
        ["torch.LongStorage"] = "I64",
        ["torch.IntStorage"] = "I32",
        ["torch.ShortStorage"] = "I16",
        ["torch.CharStorage"] = "I8",
        ["torch.ByteStorage"] = "U8",
        ["torch.BoolStorage"] = "BOOL",
    };

    /// <summary>Returns whether a name may be mentioned.</summary>
    /// <param name="name">The module and the name, with a point between.</param>
    public static bool IsAllowed(string name) => name is OrderedDictionary or Tensor or Parameter || Types.ContainsKey(name);

    /// <summary>Returns the name of the storage for a type.</summary>
    /// <param name="type">The type, as safetensors writes it.</param>
    public static string StorageOf(string type) => Types.First(pair => pair.Value == type).Key;

    /// <summary>Returns the type of a storage's numbers, or <see langword="null"/> for another global.</summary>
    /// <param name="name">The name.</param>
    public static string? TypeOf(string name) => Types.GetValueOrDefault(name);
}
