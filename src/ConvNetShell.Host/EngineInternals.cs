using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace ConvNetShell.Host;

/// <summary>The few doors of the engine that are not public, each opened in this one place.</summary>
internal static class EngineInternals
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic;

    private static readonly Assembly Engine = typeof(PSObject).Assembly;

    /// <summary>Gives a formatting cmdlet the engine's formatter for one shape (Table, List, Wide or Complex).</summary>
    public static void UseShape(FrontEndCommandBase cmdlet, string shape)
    {
        Type shapes = Find("Microsoft.PowerShell.Commands.Internal.Format.FormatShape");
        SetImplementation(cmdlet, Create("Microsoft.PowerShell.Commands.Internal.Format.InnerFormatShapeCommand", Enum.Parse(shapes, shape)));
    }

    /// <summary>Gives an output cmdlet the engine's renderer, writing lines of at most <paramref name="width"/> columns.</summary>
    public static void UseWriter(FrontEndCommandBase cmdlet, TextWriter writer, int width, bool noNewline)
    {
        object renderer = Create("Microsoft.PowerShell.Commands.Internal.Format.OutputManagerInner");
        object lines = Create("Microsoft.PowerShell.Commands.Internal.Format.TextWriterLineOutput", writer, width, noNewline);
        renderer.GetType().GetProperty("LineOutput", Hidden)!.SetValue(renderer, lines);
        SetImplementation(cmdlet, renderer);
    }

    /// <summary>The exception with which a cmdlet ends the commands before it, as Select-Object -First does.</summary>
    public static Exception StopUpstream(Cmdlet cmdlet) =>
        (Exception)Create("System.Management.Automation.StopUpstreamCommandsException", cmdlet);

    /// <summary>A failed validation that makes the binder try the next parameter instead of giving up.</summary>
    public static Exception TryNextParameter(string message) =>
        (Exception)Create("System.Management.Automation.ValidationMetadataException", message, true);

    /// <summary>Files commands under the module name that scripts and the engine's own completers qualify them with.</summary>
    public static void SetModuleName(IEnumerable<InitialSessionStateEntry> entries, string moduleName)
    {
        Version version = Engine.GetName().Version!;
        object snapIn = Create(
            "System.Management.Automation.PSSnapInInfo", moduleName, true, AppContext.BaseDirectory, typeof(EngineInternals).Assembly.FullName!,
            "cnsh.dll", version, version, new Collection<string>(), new Collection<string>(), string.Empty, string.Empty);
        MethodInfo set = typeof(InitialSessionStateEntry).GetMethod("SetPSSnapIn", Hidden)!;
        foreach (InitialSessionStateEntry entry in entries)
        {
            set.Invoke(entry, [snapIn]);
        }
    }

    /// <summary>Lets the next script file's <c>exit</c> reach the host, as <c>pwsh -File</c> does.</summary>
    public static void LetNextScriptExitHost(Runspace runspace)
    {
        object context = typeof(Runspace).GetProperty("ExecutionContext", Hidden)!.GetValue(runspace)!;
        context.GetType().GetProperty("ScriptCommandProcessorShouldRethrowExit", Hidden)!.SetValue(context, true);
    }

    /// <summary>The static members of a type as scripts see them, which only the engine's adapter knows.</summary>
    public static IEnumerable<PSMemberInfo> StaticMembers(Type type)
    {
        object adapter = typeof(PSObject).GetProperty("DotNetStaticAdapter", BindingFlags.Static | BindingFlags.NonPublic)!.GetValue(null)!;
        MethodInfo list = adapter.GetType().GetMethods(Hidden).Single(method =>
            method.Name == "BaseGetMembers" && method.IsGenericMethod && method.GetParameters().Length == 1);
        return (IEnumerable<PSMemberInfo>)list.MakeGenericMethod(typeof(PSMemberInfo)).Invoke(adapter, [type])!;
    }

    private static void SetImplementation(FrontEndCommandBase cmdlet, object implementation) =>
        typeof(FrontEndCommandBase).GetField("implementation", Hidden)!.SetValue(cmdlet, implementation);

    private static Type Find(string name) => Engine.GetType(name, throwOnError: true)!;

    private static object Create(string type, params object[] arguments) =>
        Activator.CreateInstance(Find(type), Hidden | BindingFlags.Public, null, arguments, null)!;
}
