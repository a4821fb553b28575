using ConvNetShell.Host.Tests;

/// <summary>What the runtime calls before a program's Main where DOTNET_STARTUP_HOOKS names this assembly.</summary>
internal static class StartupHook
{
    private static NetworkWatch? watch;

    public static void Initialize() => watch = new NetworkWatch();
}
