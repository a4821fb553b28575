using System.Reflection;
using System.Runtime.Loader;

namespace ConvNetShell.Display.Mime;

/// <summary>
/// Draws for those who know only this assembly. The renderers build on it, so they are found by their name: in the module's own
/// load context where the module is imported, else where this assembly is.
/// </summary>
internal static class FigureDrawing
{
    private const string Assembly = "ConvNetShell.Rendering",
        Type = "ConvNetShell.Rendering.Figures",
        ModuleContext = "ConvNetShell";
    private static readonly Lazy<Func<object, MimeBundle?>> Drawing = new(Find);

    /// <summary>Returns the bundle of an object, or nothing where there is nothing to draw.</summary>
    public static MimeBundle? Draw(object value) => Drawing.Value(value);

    private static Func<object, MimeBundle?> Find() =>
        (Load().GetType(Type)?.GetMethod("Draw", [typeof(object)]) ?? throw new MissingMethodException(Type, "Draw")).CreateDelegate<
            Func<object, MimeBundle?>
        >();

    private static Assembly Load()
    {
        Assembly present = typeof(FigureDrawing).Assembly;
        var context =
            AssemblyLoadContext.All.FirstOrDefault(context => context.Name == ModuleContext)
            ?? AssemblyLoadContext.GetLoadContext(present)!;
        try
        {
            // without the version a script takes it for another assembly
            return context.LoadFromAssemblyName(new AssemblyName(Assembly) { Version = present.GetName().Version });
        }
        catch (FileNotFoundException)
            when (Path.Combine(Path.GetDirectoryName(present.Location)!, Assembly + ".dll") is var file && File.Exists(file))
        {
            return context.LoadFromAssemblyPath(file); // a script that references one assembly does not know the others
        }
    }
}
