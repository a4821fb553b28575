using System.Reflection;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Records.Evaluation;
using ConvNetShell.Rendering.Charts;

namespace ConvNetShell.Interactive;

/// <summary>
/// Tells .NET Interactive how records are drawn. Its formatter finds the records' own attribute too; but its PowerShell kernel asks only
/// for formatters that were registered, and the script of interactive charts has to come before the first. All of it is found by its name,
/// so nothing of .NET Interactive is referenced.
/// </summary>
public static class FormatterExtension
{
    private const string FormatterName = "Microsoft.DotNet.Interactive.Formatting.Formatter";

    /// <summary>
    /// Registers every record that can always be drawn, and the objects drawn as records; <c>extension.dib</c> and the module call it.
    /// </summary>
    /// <returns>The display that shows objects in the notebook and updates them.</returns>
    /// <exception cref="InvalidOperationException">This process is no .NET Interactive.</exception>
    public static InteractiveDisplay Load()
    {
        Type formatter = Loaded.Type(FormatterName);
        var register = Loaded.Method<Action<Type, Action<object, TextWriter>, string>>(formatter, "Register");
        var prefer = Loaded.Method<Action<Type, string[]>>(formatter, "SetPreferredMimeTypesFor");
        var scripts = new PageScripts();
        foreach ((Type type, string[] preferred) in Drawn())
        {
            foreach (FigureFormatter form in new FigureFormatterSource().CreateTypeFormatters().Cast<FigureFormatter>())
            {
                register(type, (value, writer) => Write(form, value, writer), form.MimeType);
            }
            prefer(type, preferred);
        }
        return new InteractiveDisplay(scripts);

        void Write(FigureFormatter form, object value, TextWriter writer)
        {
            using var text = new StringWriter();
            form.Format(value, text);
            string written = text.ToString();
            if (form.MimeType == MimeBundle.Html && scripts.IsDue(written))
            {
                writer.Write(PlotlyScript.Html());
            }
            writer.Write(written);
        }
    }

    // That kernel shows each object by itself: rows of which several make a figure, and those that may have nothing to draw, stay with
    // PowerShell's
    // views there. Their attribute is enough for the other kernels.
    private static IEnumerable<(Type Type, string[] Preferred)> Drawn() =>
        typeof(MimeBundle)
            .Assembly.GetExportedTypes()
            .Select(type => (type, type.GetCustomAttribute<TypeFormatterSourceAttribute>()?.PreferredMimeTypes ?? []))
            .Where(drawn => drawn.type != typeof(Prediction) && drawn.Item2.Contains(MimeBundle.Png));
}
