using ConvNetShell.Kernel.Wire;

namespace ConvNetShell.Kernel.Messaging;

/// <summary>Answers one type of request, between the states busy and idle.</summary>
internal interface IRequestHandler
{
    /// <summary>The type of the request.</summary>
    string RequestType { get; }

    /// <summary>Answers.</summary>
    void Handle(WireMessage request);
}
