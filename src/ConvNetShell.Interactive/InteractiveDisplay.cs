using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using ConvNetShell.Display;
using ConvNetShell.Rendering.Charts;

namespace ConvNetShell.Interactive;

/// <summary>
/// The variable <c>$ConvNetDisplay</c> in .NET Interactive's PowerShell kernel: shows objects in the notebook and updates
/// them later, so that a training draws itself while it runs.
/// </summary>
public sealed class InteractiveDisplay
{
    private const string ContextName = "Microsoft.DotNet.Interactive.KernelInvocationContext",
        FormatterName = "Microsoft.DotNet.Interactive.Formatting.Formatter";
    private readonly ConcurrentDictionary<string, object> shown = new(StringComparer.Ordinal);
    private readonly PageScripts scripts;
    private readonly HashSet<string> known = [MimeBundle.Html, MimeBundle.Png, MimeBundle.PlainText];

    internal InteractiveDisplay(PageScripts scripts) => this.scripts = scripts;

    /// <summary>Shows something.</summary>
    /// <param name="data">MIME type to content.</param>
    /// <returns>The id under which it can be changed.</returns>
    public string Show(IDictionary data)
    {
        (MimeBundle bundle, string[] forms) = Bundle(data);
        if (bundle.Data.TryGetValue(MimeBundle.Html, out string? html) && scripts.IsDue(html))
        {
            // In its own output, because the chart's output is overwritten when it changes.
            Display(
                new MimeBundle([
                    KeyValuePair.Create(MimeBundle.PlainText, string.Empty),
                    KeyValuePair.Create(MimeBundle.Html, PlotlyScript.Html()),
                ]),
                [MimeBundle.Html]
            );
        }
        string id = Guid.NewGuid().ToString("N");
        shown[id] = Display(bundle, forms);
        return id;
    }

    /// <summary>Updates an output.</summary>
    /// <param name="id">What <see cref="Show"/> returned.</param>
    /// <param name="data">MIME type to content.</param>
    /// <exception cref="ArgumentException">Nothing was shown under the id.</exception>
    public void Update(string id, IDictionary data)
    {
        object output =
            shown.GetValueOrDefault(id) ?? throw new ArgumentException($"Expected an id that Show returned. Received: {id}.", nameof(id));
        output.GetType().GetMethod("Update", [typeof(object)])!.Invoke(output, [Bundle(data).Bundle]);
    }

    // Not by Kernel.display: it returns another id than that of its output (1.0.712001).
    private static object Display(MimeBundle bundle, string[] forms)
    {
        Type context = Loaded.Type(ContextName);
        return Loaded
            .Type(ContextName + "Extensions")
            .GetMethod("Display", [context, typeof(object), typeof(string[])])!
            .Invoke(null, [context.GetProperty("Current")!.GetValue(null), bundle, forms])!;
    }

    private (MimeBundle Bundle, string[] Forms) Bundle(IDictionary data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var forms = data.Cast<DictionaryEntry>()
            .ToDictionary(
                entry => entry.Key.ToString()!,
                entry =>
                    entry.Value switch
                    {
                        byte[] bytes => Convert.ToBase64String(bytes),
                        var value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty,
                    }
            );
        string[] wanted = [.. forms.Keys];
        foreach (string form in wanted.Where(known.Add))
        {
            Register(form);
        }
        forms.TryAdd(MimeBundle.PlainText, string.Empty);
        return (new MimeBundle(forms), wanted);
    }

    // Its formatter takes a MIME type only where it knows how to write it.
    private static void Register(string form) =>
        Loaded.Method<Action<Type, Action<object, TextWriter>, string>>(Loaded.Type(FormatterName), "Register")(
            typeof(MimeBundle),
            (value, writer) => writer.Write(((MimeBundle)value).Data.GetValueOrDefault(form)),
            form
        );
}
