namespace ConvNetShell.Kernel.Wire;

/// <summary>Where messages leave; any thread may send, and what one thread sends keeps its order over all channels.</summary>
internal interface IWire
{
    /// <summary>Sends the frames of a message.</summary>
    void Send(Channel channel, List<byte[]> frames);
}
