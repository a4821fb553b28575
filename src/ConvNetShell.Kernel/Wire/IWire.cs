namespace ConvNetShell.Kernel.Wire;

/// <summary>Sends messages. Any thread may send; the messages of one thread keep their order over all channels.</summary>
internal interface IWire
{
    /// <summary>Sends the frames of a message.</summary>
    void Send(Channel channel, List<byte[]> frames);
}
