using System.Management.Automation;
using System.Reflection;
using System.Text.Json.Nodes;
using ConvNetShell.Kernel.Wire;

namespace ConvNetShell.Kernel.Messaging;

/// <summary>The kernel's description of itself.</summary>
internal sealed class KernelInfo(FrontEnd frontEnd) : IRequestHandler
{
    /// <inheritdoc/>
    public string RequestType => "kernel_info_request";

    /// <inheritdoc/>
    public void Handle(WireMessage request) => frontEnd.Reply(request, "kernel_info_reply", Content());

    private static JsonObject Content()
    {
        string engine = EngineVersion();
        string version = typeof(KernelInfo).Assembly.GetName().Version!.ToString(3);
        return new JsonObject
        {
            ["status"] = "ok",
            ["protocol_version"] = WireFormat.ProtocolVersion,
            ["implementation"] = "ConvNetShell",
            ["implementation_version"] = version,
            ["banner"] = $"ConvNetShell {version}: convolutional networks in PowerShell {engine}",
            ["language_info"] = new JsonObject
            {
                ["name"] = "powershell",
                ["version"] = engine,
                ["mimetype"] = "application/x-powershell",
                ["file_extension"] = ".ps1",
                ["pygments_lexer"] = "powershell",
                ["codemirror_mode"] = "powershell",
            },
            ["help_links"] = new JsonArray(new JsonObject { ["text"] = "PowerShell", ["url"] = "https://learn.microsoft.com/powershell/" }),
            ["debugger"] = true,
            ["supported_features"] = new JsonArray("debugger", "kernel subshells"),
        };
    }

    // The version of the assembly stays 7.6.0 through all of 7.6; the informational one is that of $PSVersionTable, and a hash.
    private static string EngineVersion()
    {
        Assembly engine = typeof(PSObject).Assembly;
        return engine.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split(' ', '+')[0]
            ?? engine.GetName().Version!.ToString(3);
    }
}
