using System.Management.Automation;
using ConvNetShell.Kernel.Engine;
using ConvNetShell.Kernel.Wire;

namespace ConvNetShell.Kernel.Messaging;

/// <summary>Asks the front end that sent the cell's request, and waits for its answer.</summary>
internal sealed class StdinInput(FrontEnd frontEnd, CellSession session, InputAnswers answers, WireMessage request) : ICellInput
{
    /// <inheritdoc/>
    public string Ask(string prompt, bool password)
    {
        string id = frontEnd.NewId();
        Task<string> answer = answers.Expect(id, request);
        try
        {
            frontEnd.AskInput(request, prompt, password, id);
            answer.Wait(session.Stopping);
            return answer.Result;
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
        finally
        {
            answers.Forget(id);
        }
    }
}
