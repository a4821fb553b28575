using ConvNetShell.Core.Networks;
using ConvNetShell.Display.Records.Data;

namespace ConvNetShell.Core.Inference;

/// <summary>
/// Says which output of a network a sample's class means: by name, letter for letter or else in any case; where the network knows no names
/// (it was never trained) or the sample has none, by number.
/// </summary>
/// <param name="network">The network.</param>
internal sealed class OutputLookup(Network network)
{
    private readonly IReadOnlyList<string> outputs = network.OutputNames;
    private readonly bool hasNames = network.Classes.Count == network.OutputNames.Count;

    /// <summary>Returns the output; <see langword="null"/> where the network lacks the class or it is not known.</summary>
    /// <param name="sample">The sample.</param>
    public int? Of(ImageSample sample)
    {
        if (sample.Class is string name && hasNames)
        {
            int exact = ClassMapping.Find(outputs, name, StringComparison.Ordinal),
                found = exact < 0 ? ClassMapping.Find(outputs, name, StringComparison.OrdinalIgnoreCase) : exact;
            return found < 0 ? null : found;
        }
        return sample.Label is int label && (uint)label < (uint)outputs.Count ? label : null;
    }
}
