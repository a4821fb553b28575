// The name that scripts catch and that error ids carry; pwsh defines it outside the engine.
namespace Microsoft.PowerShell.Commands;

/// <summary>The exception of an error written with a text alone.</summary>
/// <param name="message">The text.</param>
public sealed class WriteErrorException(string message) : SystemException(message);
