using System.Reflection;

namespace ConvNetShell.Interactive;

/// <summary>Finds what .NET Interactive has loaded, by its name.</summary>
internal static class Loaded
{
    /// <summary>Returns a type.</summary>
    /// <exception cref="InvalidOperationException">No assembly of this process has it.</exception>
    public static Type Type(string name) =>
        AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetType(name)).OfType<Type>().FirstOrDefault()
        ?? throw new InvalidOperationException(
            $"Expected a process with {name}, as .NET Interactive is. Received: {AppDomain.CurrentDomain.FriendlyName}."
        );

    /// <summary>Returns a static method as a delegate.</summary>
    /// <exception cref="InvalidOperationException">The type lacks the method.</exception>
    public static T Method<T>(Type type, string name)
        where T : Delegate
    {
        Type[] parameters = [.. typeof(T).GetMethod("Invoke")!.GetParameters().Select(parameter => parameter.ParameterType)];
        MethodInfo method =
            type.GetMethod(name, BindingFlags.Public | BindingFlags.Static, parameters)
            ?? throw new InvalidOperationException(
                $"Expected {type.FullName} with {name}({string.Join(", ", parameters.Select(parameter => parameter.Name))}). "
                    + $"Received: {type.Assembly.FullName}."
            );
        return method.CreateDelegate<T>();
    }
}
