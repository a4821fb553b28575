namespace ConvNetShell.Cmdlets.Parameters;

/// <summary>
/// The parameter sets of the cmdlets that work on a network. The network or run comes first: as the first argument (First), or by pipe (Piped).
/// What follows keeps its order in both: <c>Get-Filter $run conv1</c> and <c>$run | Get-Filter conv1</c>.
/// </summary>
internal static class NetworkSets
{
    /// <summary>The network is the first argument. This is the default set: its network is tried before the word that follows in the other.</summary>
    public const string First = "Network";

    /// <summary>The network comes by pipe, and positions begin with what follows it.</summary>
    public const string Piped = "Piped";
}
