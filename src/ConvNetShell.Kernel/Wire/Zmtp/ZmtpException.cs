namespace ConvNetShell.Kernel.Wire.Zmtp;

/// <summary>A peer does not keep to the protocol, or to the limits of this side; its connection is closed.</summary>
/// <param name="message">What was expected and what came.</param>
internal sealed class ZmtpException(string message) : IOException(message);
