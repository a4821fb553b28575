using System.Text.Json.Nodes;

namespace ConvNetShell.Kernel.Output;

/// <summary>A message between the two parts of a widget: the kernel's, and the front end's.</summary>
/// <param name="Type">comm_open, comm_msg or comm_close.</param>
/// <param name="Content">The content: comm_id, data and, to open, target_name.</param>
/// <param name="Metadata">The metadata; null for none.</param>
internal sealed record CommMessage(string Type, JsonObject Content, JsonObject? Metadata = null);
