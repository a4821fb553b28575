using System.Reflection;

namespace ConvNetShell.Loader;

/// <summary>
/// Lets scripts name the module's types, by the full name or without the inner folders: <c>[ConvNetShell.Core.Training.TrainingRun]</c>,
/// <c>[ConvNetShell.Display.Picture]</c>; in parameters, after -is, in proxies and in what Pester's Mock writes. PowerShell does not look
/// for types in an AssemblyLoadContext of a module's own; it does look in its table of type accelerators, which is one a process.
/// </summary>
public static class TypeNames
{
    private static readonly Lock Gate = new();
    private static int users;

    /// <summary>Adds the names for a session that imports the module; the first session makes the entries.</summary>
    /// <param name="assemblies">The assemblies whose public types are named.</param>
    public static void Add(Assembly[] assemblies)
    {
        lock (Gate)
        {
            if (users++ == 0)
            {
                Action<string, Type> add = Accelerators
                    .GetMethod("Add", [typeof(string), typeof(Type)])!
                    .CreateDelegate<Action<string, Type>>();
                foreach ((string name, Type type) in Names(assemblies))
                {
                    add(name, type);
                }
            }
        }
    }

    /// <summary>Takes the names away when the last session removes the module.</summary>
    /// <param name="assemblies">The assemblies whose public types are named.</param>
    public static void Remove(Assembly[] assemblies)
    {
        lock (Gate)
        {
            if (users > 0 && --users == 0)
            {
                Func<string, bool> remove = Accelerators.GetMethod("Remove", [typeof(string)])!.CreateDelegate<Func<string, bool>>();
                foreach ((string name, _) in Names(assemblies))
                {
                    remove(name);
                }
            }
        }
    }

    private static Dictionary<string, Type> Names(Assembly[] assemblies)
    {
        var names = new Dictionary<string, Type>(StringComparer.OrdinalIgnoreCase); // as the table compares them
        Type[] types = [.. assemblies.SelectMany(assembly => assembly.GetExportedTypes())];
        foreach (Type type in types)
        {
            names[type.FullName!] = type;
        }
        foreach (Type type in types)
        {
            string[] folders = type.Namespace!.Split('.');
            string name = type.FullName![(type.Namespace.Length + 1)..];
            for (int depth = folders.Length - 1; depth >= 2; depth--)
            {
                names.TryAdd($"{string.Join('.', folders[..depth])}.{name}", type);
            }
        }
        return names;
    }

    private static Type Accelerators =>
        Type.GetType("System.Management.Automation.TypeAccelerators, System.Management.Automation", throwOnError: true)!;
}
