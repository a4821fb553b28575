using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Networks;

/// <summary>Finds a network's outputs by name.</summary>
internal static class NetworkClasses
{
    /// <summary>Returns the output of a class.</summary>
    /// <param name="network">The network.</param>
    /// <param name="name">The class, in any case; where the network knows no names, its number.</param>
    /// <exception cref="NameNotFoundException">No class has this name.</exception>
    public static int Find(Network network, string name)
    {
        IReadOnlyList<string> names = network.OutputNames;
        for (int i = 0; i < names.Count; i++)
        {
            if (names[i].Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }
        throw new NameNotFoundException("Class.NotFound", "Class", names, name);
    }
}
