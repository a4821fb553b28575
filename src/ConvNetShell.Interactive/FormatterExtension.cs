using System.Net;
using System.Reflection;
using ConvNetShell.Display;
using ConvNetShell.Rendering;
using ConvNetShell.Rendering.Charts;

namespace ConvNetShell.Interactive;

/// <summary>
/// Tells the formatter of .NET Interactive how records are drawn. It is found by its name in the process that loads this,
/// so nothing of .NET Interactive is referenced.
/// </summary>
public static class FormatterExtension
{
    private const string FormatterName = "Microsoft.DotNet.Interactive.Formatting.Formatter";
    private const string PageScript = "ConvNetShellPlotly";

    /// <summary>Registers every record that has a renderer; <c>extension.dib</c> calls it.</summary>
    /// <exception cref="InvalidOperationException">This process is no .NET Interactive.</exception>
    public static void Load()
    {
        Type formatter = AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetType(FormatterName)).OfType<Type>().FirstOrDefault()
            ?? throw new InvalidOperationException($"Expected a process with {FormatterName}, as .NET Interactive is. Received: {AppDomain.CurrentDomain.FriendlyName}.");
        var register = Method<Action<Type, Action<object, TextWriter>, string>>(formatter, "Register");
        var prefer = Method<Action<Type, string[]>>(formatter, "SetPreferredMimeTypesFor");
        RendererRegistry registry = Renderers.Create();
        bool scriptShown = false;
        foreach (Type type in Records())
        {
            register(type, WriteHtml, MimeBundle.Html);
            register(type, (value, writer) => writer.Write(Render(value)?.Data.GetValueOrDefault(MimeBundle.Png)), MimeBundle.Png);
            prefer(type, [MimeBundle.Html]);
        }

        MimeBundle? Render(object value) => registry.CanRender(value) ? registry.Render(value) : null;

        void WriteHtml(object value, TextWriter writer)
        {
            string html = Html(Render(value), value);
            if (!scriptShown && html.Contains(PageScript, StringComparison.Ordinal))
            {
                scriptShown = true; // once a notebook, before the first chart
                writer.Write(PlotlyScript.Html());
            }

            writer.Write(html);
        }
    }

    // The interfaces stand for the records of other assemblies that have them.
    private static IEnumerable<Type> Records() => typeof(MimeBundle).Assembly.GetExportedTypes()
        .Where(type => type is { IsEnum: false, IsGenericTypeDefinition: false } && !(type.IsAbstract && type.IsSealed)
            && (type == typeof(IPictureSource) || type == typeof(IChartSource) || type.IsClass)
            && type != typeof(RendererRegistry) && type != typeof(RenderOptions));

    private static string Html(MimeBundle? bundle, object value) => (value as MimeBundle ?? bundle) switch
    {
        null => $"<pre>{WebUtility.HtmlEncode(value.ToString())}</pre>",
        { } known when known.Data.TryGetValue(MimeBundle.Html, out string? html) => html,
        { } known when known.Data.TryGetValue(MimeBundle.Png, out string? png) => $"<img alt=\"{WebUtility.HtmlEncode(known.Text)}\" src=\"data:image/png;base64,{png}\">",
        { } known => $"<pre>{WebUtility.HtmlEncode(known.Text)}</pre>",
    };

    private static T Method<T>(Type formatter, string name)
        where T : Delegate
    {
        Type[] parameters = [.. typeof(T).GetMethod("Invoke")!.GetParameters().Select(parameter => parameter.ParameterType)];
        MethodInfo method = formatter.GetMethod(name, BindingFlags.Public | BindingFlags.Static, parameters)
            ?? throw new InvalidOperationException($"Expected a formatter with {name}({string.Join(", ", parameters.Select(type => type.Name))}). Received: {formatter.Assembly.FullName}.");
        return method.CreateDelegate<T>();
    }
}
