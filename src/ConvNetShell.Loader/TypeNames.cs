using System.Reflection;

namespace ConvNetShell.Loader;

/// <summary>
/// Lets scripts name the core's types, by the full name or without the folder within an area,
/// <c>[ConvNetShell.Core.Training.TrainingRun]</c>: in parameters, after -is, in proxies and in what Pester's
/// Mock writes. PowerShell does not look for types in an AssemblyLoadContext of a module's own; it does look in its table of type
/// accelerators, which is one a process.
/// </summary>
public static class TypeNames
{
    private static readonly Lock Gate = new();
    private static int users;

    /// <summary>Adds the names for a session that imports the module; the first session makes the entries.</summary>
    /// <param name="core">The assembly whose public types are named.</param>
    public static void Add(Assembly core)
    {
        lock (Gate)
        {
            if (users++ == 0)
            {
                Action<string, Type> add = Accelerators
                    .GetMethod("Add", [typeof(string), typeof(Type)])!
                    .CreateDelegate<Action<string, Type>>();
                foreach ((string name, Type type) in Names(core))
                {
                    add(name, type);
                }
            }
        }
    }

    /// <summary>Takes the names away when the last session removes the module.</summary>
    /// <param name="core">The assembly whose public types are named.</param>
    public static void Remove(Assembly core)
    {
        lock (Gate)
        {
            if (users > 0 && --users == 0)
            {
                Func<string, bool> remove = Accelerators.GetMethod("Remove", [typeof(string)])!.CreateDelegate<Func<string, bool>>();
                foreach ((string name, _) in Names(core))
                {
                    remove(name);
                }
            }
        }
    }

    private static Dictionary<string, Type> Names(Assembly core)
    {
        var names = new Dictionary<string, Type>(StringComparer.OrdinalIgnoreCase); // as the table compares them
        foreach (Type type in core.GetExportedTypes())
        {
            names[type.FullName!] = type;
        }
        foreach (Type type in core.GetExportedTypes())
        {
            if (type.Namespace!.Split('.') is [var project, var layer, var area, _, ..])
            {
                names.TryAdd($"{project}.{layer}.{area}.{type.FullName![(type.Namespace.Length + 1)..]}", type);
            }
        }
        return names;
    }

    private static Type Accelerators =>
        Type.GetType("System.Management.Automation.TypeAccelerators, System.Management.Automation", throwOnError: true)!;
}
