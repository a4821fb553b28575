namespace ConvNetShell.Display.Text;

/// <summary>The project's addresses. The manifest's ProjectUri is the same; a test compares them.</summary>
public static class ProjectLinks
{
    /// <summary>The project's page.</summary>
    public const string Project = "https://github.com/ConvNetShell/ConvNetShell";

    /// <summary>The start of the address of a cmdlet's help; the cmdlet's name follows.</summary>
    public const string Help = Project + "/wiki/";
}
