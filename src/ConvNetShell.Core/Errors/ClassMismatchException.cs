namespace ConvNetShell.Core.Errors;

/// <summary>The classes of a dataset are not those of a network; classes are matched by name.</summary>
/// <param name="what">The dataset and the network, for example <c>The classes of photos do not fit the network CIFAR10</c>.</param>
/// <param name="expected">The classes that were expected.</param>
/// <param name="received">The classes that came.</param>
/// <param name="help">What differs and how to go on.</param>
public sealed class ClassMismatchException(string what, IReadOnlyList<string> expected, IReadOnlyList<string> received, string help)
    : ConvNetException("Class.Mismatch", $"{what}: expected {List(expected)}. Received: {List(received)}. {help}")
{
    private const int MostNames = 20;

    /// <summary>Gets the classes that were expected.</summary>
    public IReadOnlyList<string> Expected { get; } = expected;

    /// <summary>Gets the classes that came.</summary>
    public IReadOnlyList<string> Received { get; } = received;

    /// <summary>Returns class names with commas; of many the first 20 and their number.</summary>
    /// <param name="names">The names.</param>
    internal static string List(IReadOnlyList<string> names) =>
        names.Count <= MostNames
            ? string.Join(", ", names)
            : FormattableString.Invariant($"{string.Join(", ", names.Take(MostNames))} and {names.Count - MostNames} more");
}
