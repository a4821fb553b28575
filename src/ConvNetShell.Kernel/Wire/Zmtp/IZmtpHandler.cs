namespace ConvNetShell.Kernel.Wire.Zmtp;

/// <summary>Gets what a <see cref="ZmtpReader"/> finds in the bytes of a connection.</summary>
internal interface IZmtpHandler
{
    /// <summary>The other side speaks the protocol.</summary>
    void Greeted();

    /// <summary>A command came.</summary>
    /// <param name="name">Its name, as READY.</param>
    /// <param name="body">What follows the name.</param>
    void Command(string name, ReadOnlySpan<byte> body);

    /// <summary>A message is complete.</summary>
    /// <param name="frames">Its frames.</param>
    void Message(List<byte[]> frames);
}
