using System.Collections;
using System.Collections.Concurrent;
using ConvNetShell.Display.Mime;
using ConvNetShell.Rendering.Charts;

namespace ConvNetShell.Interactive;

/// <summary>
/// The variable <c>$ConvNetDisplay</c> in .NET Interactive's PowerShell kernel: shows objects in the notebook and updates
/// them later, so that a training draws itself while it runs.
/// </summary>
public sealed class InteractiveDisplay : INotebookDisplay
{
    private const string ContextName = "Microsoft.DotNet.Interactive.KernelInvocationContext",
        FormatterName = "Microsoft.DotNet.Interactive.Formatting.Formatter";
    private readonly ConcurrentDictionary<string, object> shown = new(StringComparer.Ordinal);
    private readonly PageScripts scripts;
    private readonly HashSet<string> known = [MimeBundle.Html, MimeBundle.Png, MimeBundle.PlainText];

    internal InteractiveDisplay(PageScripts scripts) => this.scripts = scripts;

    /// <inheritdoc />
    public string Show(MimeBundle bundle)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        if (bundle.Data.TryGetValue(MimeBundle.Html, out string? html) && scripts.IsDue(html))
        {
            // An output of its own: the chart's is replaced when it changes.
            Display(
                new MimeBundle([
                    KeyValuePair.Create(MimeBundle.PlainText, string.Empty),
                    KeyValuePair.Create(MimeBundle.Html, PlotlyScript.Html()),
                ]),
                [MimeBundle.Html]
            );
        }
        string id = Guid.NewGuid().ToString("N");
        shown[id] = Display(bundle, Forms(bundle));
        return id;
    }

    /// <summary>Shows what a script has made.</summary>
    /// <param name="data">MIME type to content: text, or bytes.</param>
    /// <returns>The id under which it can be changed.</returns>
    public string Show(IDictionary data) => Show(MimeBundle.From(data));

    /// <inheritdoc />
    /// <exception cref="ArgumentException">Nothing was shown under the id.</exception>
    public void Update(string id, MimeBundle bundle)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        object output =
            shown.GetValueOrDefault(id) ?? throw new ArgumentException($"Expected an id that Show returned. Received: {id}.", nameof(id));
        Forms(bundle);
        output.GetType().GetMethod("Update", [typeof(object)])!.Invoke(output, [bundle]);
    }

    /// <summary>Replaces what was shown by what a script has made.</summary>
    /// <param name="id">The id from Show.</param>
    /// <param name="data">MIME type to content: text, or bytes.</param>
    /// <exception cref="ArgumentException">Nothing was shown under the id.</exception>
    public void Update(string id, IDictionary data) => Update(id, MimeBundle.From(data));

    // Not by Kernel.display: what it returns goes by another id than what it has shown (1.0.712001).
    private static object Display(MimeBundle bundle, string[] forms)
    {
        Type context = Loaded.Type(ContextName);
        return Loaded
            .Type(ContextName + "Extensions")
            .GetMethod("Display", [context, typeof(object), typeof(string[])])!
            .Invoke(null, [context.GetProperty("Current")!.GetValue(null), bundle, forms])!;
    }

    private string[] Forms(MimeBundle bundle)
    {
        string[] forms = [.. bundle.Data.Keys];
        foreach (string form in forms.Where(known.Add))
        {
            Register(form);
        }
        return forms;
    }

    // Its formatter takes a MIME type only where it knows how to write it.
    private static void Register(string form) =>
        Loaded.Method<Action<Type, Action<object, TextWriter>, string>>(Loaded.Type(FormatterName), "Register")(
            typeof(MimeBundle),
            (value, writer) => writer.Write(((MimeBundle)value).Data.GetValueOrDefault(form)),
            form
        );
}
