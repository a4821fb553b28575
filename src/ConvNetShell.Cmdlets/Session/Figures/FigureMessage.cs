using System.Management.Automation;

namespace ConvNetShell.Cmdlets.Session.Figures;

/// <summary>
/// A figure on its way to the terminal. Where it is captured or goes to a file, it is told in words: pixels and colors mean nothing there.
/// </summary>
internal sealed class FigureMessage : HostInformationMessage
{
    private readonly Func<string> words;

    /// <summary>Initializes a new instance of the <see cref="FigureMessage"/> class.</summary>
    /// <param name="drawn">What the terminal gets.</param>
    /// <param name="words">Makes what all else gets.</param>
    public FigureMessage(string drawn, Func<string> words)
    {
        Message = drawn;
        this.words = words;
    }

    /// <inheritdoc />
    public override string ToString() => words();
}
