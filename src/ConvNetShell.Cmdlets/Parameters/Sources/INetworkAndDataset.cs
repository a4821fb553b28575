namespace ConvNetShell.Cmdlets.Parameters.Sources;

/// <summary>
/// A cmdlet that takes networks and then a dataset. CIFAR10 names a preset and a dataset: as a first word it is the dataset of a network
/// that comes by pipe, and with a second word after it the network. No parameter is mandatory, so that <see cref="NetworkWord"/> decides.
/// </summary>
internal interface INetworkAndDataset
{
    /// <summary>Gets or sets the networks.</summary>
    NetworkSource[] Network { get; set; }

    /// <summary>Gets the dataset; with two words the second.</summary>
    DatasetSource? Dataset { get; }

    /// <summary>Gets the first of two words that PowerShell took for the dataset.</summary>
    DatasetSource? FirstWord { get; }
}
