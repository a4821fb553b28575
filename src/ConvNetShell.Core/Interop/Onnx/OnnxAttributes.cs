namespace ConvNetShell.Core.Interop.Onnx;

/// <summary>Reading of an operator's attributes.</summary>
internal static class OnnxAttributes
{
    public static long Integer(this OnnxNode node, string name, long standard) =>
        node.Find(name) is { HasI: true } found ? found.I : standard;

    public static double Real(this OnnxNode node, string name, double standard) =>
        node.Find(name) is { HasF: true } found ? OnnxConstants.Shortest(found.F) : standard;

    public static string Text(this OnnxNode node, string name, string standard) =>
        node.Find(name) is { HasS: true } found ? found.S.ToStringUtf8() : standard;

    /// <summary>Returns a list of integers, or the same number for each dimension where there is none.</summary>
    /// <exception cref="Errors.InvalidSettingException">It has another length, or a number outside 0 to 2^31 - 1.</exception>
    public static int[] Integers(this OnnxNode node, string name, int count, int standard)
    {
        if (node.Find(name) is not { } found)
        {
            return [.. Enumerable.Repeat(standard, count)];
        }
        return found.Ints.Count == count && found.Ints.All(number => number is >= 0 and <= int.MaxValue)
            ? [.. found.Ints.Select(number => (int)number)]
            : throw OnnxChain.Wrong(node, $"{name} with {count} numbers of 0 or more");
    }

    /// <summary>Returns how many integers a list has; 0 where there is none.</summary>
    public static int Length(this OnnxNode node, string name) => node.Find(name)?.Ints.Count ?? 0;

    /// <summary>Passes where an attribute has the only value that layers here have.</summary>
    public static void Require(this OnnxNode node, string name, long standard, params long[] allowed)
    {
        if (!allowed.Contains(node.Integer(name, standard)))
        {
            throw OnnxChain.Wrong(node, $"{name} of {string.Join(" or ", allowed)}");
        }
    }

    private static OnnxAttribute? Find(this OnnxNode node, string name) =>
        node.Attribute.FirstOrDefault(attribute => attribute.Name == name);
}
