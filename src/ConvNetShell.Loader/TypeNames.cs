using System.Reflection;

namespace ConvNetShell.Loader;

/// <summary>
/// Lets scripts name the core's types, such as <c>[ConvNetShell.Core.Training.Runs.TrainingRun]</c>: in parameters, after -is, in proxies and in what Pester's
/// Mock writes. PowerShell does not look for types in an AssemblyLoadContext of a module's own; it does look in its table of type accelerators, which is one a process.
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
                Action<string, Type> add = Accelerators.GetMethod("Add", [typeof(string), typeof(Type)])!.CreateDelegate<Action<string, Type>>();
                foreach (Type type in core.GetExportedTypes())
                {
                    add(type.FullName!, type);
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
                foreach (Type type in core.GetExportedTypes())
                {
                    remove(type.FullName!);
                }
            }
        }
    }

    private static Type Accelerators => Type.GetType("System.Management.Automation.TypeAccelerators, System.Management.Automation", throwOnError: true)!;
}
