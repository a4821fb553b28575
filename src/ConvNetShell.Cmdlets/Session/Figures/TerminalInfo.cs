using System.Management.Automation;
using System.Management.Automation.Host;
using ConvNetShell.Rendering.Terminal;

namespace ConvNetShell.Cmdlets.Session.Figures;

/// <summary>Detects the terminal's abilities.</summary>
internal static class TerminalInfo
{
    private const int DefaultWidth = 100,
        DefaultHeight = 40,
        LeastWidth = 20,
        LeastHeight = 8;
    private const string NoColor = "NO_COLOR",
        Style = "PSStyle",
        Rendering = "OutputRendering",
        PlainText = "PlainText",
        PowerShell = "ConsoleHost",
        Cnsh = "ConvNetShell";

    /// <summary>Returns the window's size, or one that suits where there is none, and whether colors are shown and wanted.</summary>
    public static TerminalOptions Of(PSHost host, SessionState session)
    {
        (int width, int height) = (DefaultWidth, DefaultHeight);
        try
        {
            Size size = host.UI?.RawUI?.WindowSize ?? default; // without a user interface there is neither
            (width, height) = (size.Width > LeastWidth ? size.Width : width, size.Height > LeastHeight ? size.Height : height);
        }
        catch (Exception error) when (error is NotImplementedException or HostException or InvalidOperationException or IOException)
        {
            // How hosts say that they have no window: a job, a remote session, a console whose output goes elsewhere.
        }
        // PowerShell says on Linux that it shows colors wherever its output goes.
        bool redirected = host.Name == PowerShell && StandardOutput.IsRedirected;
        bool color =
            host.UI?.SupportsVirtualTerminal == true
            && !redirected
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable(NoColor))
            && !IsPlain(session);
        return new TerminalOptions(width, height, color);
    }

    /// <summary>
    /// Returns the same, and whether the terminal draws pixels. Only the hosts that own the terminal may ask it: another would read the
    /// answer as typed.
    /// </summary>
    public static TerminalOptions WithPixels(PSHost host, SessionState state, ConvNetSession session)
    {
        TerminalOptions terminal = Of(host, state);
        return terminal.Color && (host.Name is PowerShell or Cnsh) && !StandardOutput.IsRedirected
            ? terminal with
            {
                Sixel = session.Sixel,
            }
            : terminal;
    }

    /// <summary>Returns whether <c>$PSStyle.OutputRendering</c> is PlainText: the user wants no escape sequences.</summary>
    private static bool IsPlain(SessionState session) =>
        session.PSVariable.GetValue(Style) is { } style
        && PSObject.AsPSObject(style).Properties[Rendering]?.Value is { } rendering
        && rendering.ToString() == PlainText;
}
