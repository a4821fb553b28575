namespace ConvNetShell.Host;

/// <summary>Settings of the PowerShell engine that it reads from the environment when it starts.</summary>
internal static class EngineSettings
{
    /// <summary>Turns off telemetry and the search for updates. Must run before any type of the engine is touched.</summary>
    public static void Apply()
    {
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        Environment.SetEnvironmentVariable("POWERSHELL_UPDATECHECK", "Off");
    }
}
