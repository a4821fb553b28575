using System.Collections;
using System.Management.Automation;
using ConvNetShell.Cmdlets.Parameters;
using ConvNetShell.Display;

namespace ConvNetShell.Cmdlets.Session;

/// <summary>The notebook's display, where the session has one: an object that the kernel leaves in a variable.</summary>
internal sealed class NotebookDisplay
{
    private const string Variable = "ConvNetDisplay";
    private readonly PSObject display;

    private NotebookDisplay(PSObject display) => this.display = display;

    /// <summary>Returns the display, or nothing at a plain prompt.</summary>
    public static NotebookDisplay? Find(SessionState session) =>
        session.PSVariable.GetValue(Variable) is { } value
        && Values.Unwrap(value) is not null
        && PSObject.AsPSObject(value).Methods["Show"] is not null
            ? new NotebookDisplay(PSObject.AsPSObject(value))
            : null;

    /// <summary>Shows a bundle and returns the id of its output, for <see cref="Update"/>.</summary>
    public string Show(MimeBundle bundle) => LanguagePrimitives.ConvertTo<string>(display.Methods["Show"].Invoke(Table(bundle)));

    /// <summary>Replaces the bundle of an output.</summary>
    public void Update(string id, MimeBundle bundle) => display.Methods["Update"].Invoke(id, Table(bundle));

    private static Hashtable Table(MimeBundle bundle)
    {
        var table = new Hashtable(StringComparer.Ordinal);
        foreach ((string type, string text) in bundle.Data)
        {
            table[type] = text;
        }
        return table;
    }
}
