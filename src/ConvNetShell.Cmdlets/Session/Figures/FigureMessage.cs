using System.Management.Automation;

namespace ConvNetShell.Cmdlets.Session.Figures;

/// <summary>
/// A figure on its way to the terminal. If it is captured or goes to a file, it becomes plain text, as pixels and colors mean nothing
/// there.
/// </summary>
internal sealed class FigureMessage : HostInformationMessage
{
    private readonly Func<string> text;

    /// <summary>Initializes a new instance of the <see cref="FigureMessage"/> class.</summary>
    /// <param name="drawn">The text for the terminal.</param>
    /// <param name="text">Makes the plain text for all other targets.</param>
    public FigureMessage(string drawn, Func<string> text)
    {
        Message = drawn;
        this.text = text;
    }

    /// <inheritdoc />
    public override string ToString() => text();
}
