namespace ConvNetShell.Cmdlets.Parameters.Sources;

/// <summary>
/// The parameter sets of the cmdlets that work on a network. The network or run comes first: as the first argument (First), or by pipe
/// (Piped).
/// What follows keeps its order in both: <c>Get-Filter $run conv1</c> and <c>$run | Get-Filter conv1</c>. Where a layer follows, Piped is
/// the default set,
/// so that PowerShell takes a first word for the layer; elsewhere First is, so that it takes an object for the network and not for the
/// image or dataset that follows.
/// </summary>
internal static class NetworkSets
{
    /// <summary>The network is the first argument.</summary>
    public const string First = "Network";

    /// <summary>The network comes by pipe, and positions begin with the parameter after it.</summary>
    public const string Piped = "Piped";

    /// <summary>The network is the first argument, and image files are named by -LiteralPath.</summary>
    public const string LiteralPath = "LiteralPath";

    /// <summary>The network is the first argument, and images come by pipe.</summary>
    public const string Items = "Items";
}
