namespace ConvNetShell.Cmdlets.Abstractions;

/// <summary>When a cmdlet warns of a network that was never trained.</summary>
internal enum UntrainedWarning
{
    /// <summary>Never: the weights do not matter to it, or are to be trained.</summary>
    None,

    /// <summary>
    /// Where a run was trained from the network, so that the run's network may be meant: looking inside a network with its first weights is
    /// common.
    /// </summary>
    WhereARunWasTrained,

    /// <summary>Always: its result means nothing for first weights.</summary>
    Always,
}
