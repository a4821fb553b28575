using System.Globalization;

namespace ConvNetShell.Testing;

/// <summary>How many mutated inputs of each kind are tried.</summary>
internal static class Mutations
{
    private const int Standard = 500;

    /// <summary>Gets 500, or what the variable CONVNETSHELL_TEST_MUTATIONS says.</summary>
    public static int Count { get; } =
        int.Parse(
            Environment.GetEnvironmentVariable("CONVNETSHELL_TEST_MUTATIONS") ?? Standard.ToString(CultureInfo.InvariantCulture),
            CultureInfo.InvariantCulture
        );
}
