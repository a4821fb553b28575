using System.Management.Automation.Host;
using ConvNetShell.Rendering.Terminal;

namespace ConvNetShell.Cmdlets.Session;

/// <summary>What the user's terminal can do.</summary>
internal static class TerminalWindow
{
    private const int DefaultWidth = 100, DefaultHeight = 40;
    private const string NoColor = "NO_COLOR";

    /// <summary>Returns size and colours; a usual size where there is no window.</summary>
    public static TerminalOptions Of(PSHost? host)
    {
        (int width, int height) = (DefaultWidth, DefaultHeight);
        try
        {
            Size size = host?.UI.RawUI.WindowSize ?? default;
            (width, height) = (size.Width > 20 ? size.Width : width, size.Height > 8 ? size.Height : height);
        }
        catch (Exception error) when (error is NotImplementedException or HostException or InvalidOperationException or NullReferenceException or IOException)
        {
            // No window: a job, a remote session, a test.
        }
        return new TerminalOptions(width, height, CanRedraw(host) && string.IsNullOrEmpty(Environment.GetEnvironmentVariable(NoColor)));
    }

    /// <summary>Returns whether the cursor can be moved, so that a panel can be drawn over itself.</summary>
    public static bool CanRedraw(PSHost? host) => host?.UI?.SupportsVirtualTerminal == true;
}
