using System.Collections.Concurrent;
using System.Management.Automation;
using ConvNetShell.Kernel.Engine;
using ConvNetShell.Kernel.Wire;

namespace ConvNetShell.Kernel.Messaging;

/// <summary>Asks the front end that sent the cell's request, and waits for its answer.</summary>
internal sealed class StdinInput(FrontEnd frontEnd, CellSession session, BlockingCollection<WireMessage> answers, WireMessage request)
    : ICellInput
{
    /// <inheritdoc/>
    public string Ask(string prompt, bool password)
    {
        while (answers.TryTake(out _))
        {
            // The answer to a question of a cell that was interrupted.
        }

        frontEnd.AskInput(request, prompt, password);
        try
        {
            while (true)
            {
                WireMessage answer = answers.Take(session.Stopping);
                if (
                    answer.Identities.Count == request.Identities.Count
                    && answer.Identities.Zip(request.Identities).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second))
                )
                {
                    return answer.Text("value");
                }
            }
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
    }
}
