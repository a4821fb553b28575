using System.Reflection;
using ConvNetShell.Display.Mime;

namespace ConvNetShell.Interactive;

/// <summary>
/// Says when the script of interactive charts has to come: before the first chart of a notebook, and again when the cell that has it is
/// run again, as its output is then replaced.
/// </summary>
internal sealed class PageScripts
{
    private const string ContextName = "Microsoft.DotNet.Interactive.KernelInvocationContext";
    private readonly Type? context = AppDomain
        .CurrentDomain.GetAssemblies()
        .Select(assembly => assembly.GetType(ContextName))
        .OfType<Type>()
        .FirstOrDefault();
    private object? command;
    private string? bearer;

    /// <summary>Returns whether the script comes before a piece of HTML.</summary>
    public bool IsDue(string html)
    {
        if (!html.Contains(MimeBundle.PageScriptName, StringComparison.Ordinal))
        {
            return false;
        }

        object? present = Value(context?.GetProperty("Current", BindingFlags.Public | BindingFlags.Static)?.GetValue(null), "Command");
        string code = Value(present, "Code") as string ?? string.Empty;
        bool isFirst = bearer is null,
            isAgain = bearer == code && present is not null && !ReferenceEquals(command, present);
        if (isFirst || isAgain)
        {
            (command, bearer) = (present, code);
        }
        return isFirst || isAgain;
    }

    private static object? Value(object? owner, string name) => owner?.GetType().GetProperty(name)?.GetValue(owner);
}
