using ConvNetShell.Kernel.Engine;
using ConvNetShell.Kernel.Messaging;
using ConvNetShell.Kernel.Widgets;

namespace ConvNetShell.Kernel.Shells;

/// <summary>What all shells of a kernel use.</summary>
/// <param name="FrontEnd">Whom they answer.</param>
/// <param name="Responder">Frames each answer.</param>
/// <param name="Info">Describes the kernel.</param>
/// <param name="Options">How sessions are made.</param>
/// <param name="Log">Receives a line where something went wrong.</param>
internal sealed record ShellContext(FrontEnd FrontEnd, Responder Responder, KernelInfo Info, KernelOptions Options, Action<string> Log)
{
    /// <summary>Gets the questions that wait for the user.</summary>
    public InputAnswers Answers { get; } = new();

    /// <summary>Gets what the sessions share.</summary>
    public KernelSharing Sharing { get; } = new();

    /// <summary>Gets the variables of the sessions.</summary>
    public SharedVariables Variables { get; } = new();

    /// <summary>Gets the comms that ask for the state of all widgets.</summary>
    public ControlComms Control { get; } = new();
}
