using ConvNetShell.Kernel.Wire;

namespace ConvNetShell.Kernel.Messaging;

/// <summary>
/// The questions that wait for the user, of all shells. An answer belongs to the question that its parent header names; where it names
/// none, to the latest question that was put to the same front end.
/// </summary>
internal sealed class InputAnswers
{
    private readonly Lock gate = new();
    private readonly List<(string Id, WireMessage Request, TaskCompletionSource<string> Answer)> questions = [];

    /// <summary>A question is about to be asked.</summary>
    /// <param name="id">The id of its message.</param>
    /// <param name="request">The request of the cell that asks.</param>
    /// <returns>The answer.</returns>
    public Task<string> Expect(string id, WireMessage request)
    {
        // The continuation runs on the thread that asked, not on that of the sockets.
        var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            questions.Add((id, request, answer));
        }

        return answer.Task;
    }

    /// <summary>A question is not waited for any more.</summary>
    public void Forget(string id)
    {
        lock (gate)
        {
            questions.RemoveAll(question => question.Id == id);
        }
    }

    /// <summary>Hands an answer to its question; one that nobody waits for is dropped: its cell was interrupted.</summary>
    public void Deliver(WireMessage reply)
    {
        lock (gate)
        {
            int index = questions.FindIndex(question => question.Id == reply.ParentId);
            if (index < 0)
            {
                index = questions.FindLastIndex(question => HasSameSender(question.Request, reply));
            }

            if (index >= 0)
            {
                questions[index].Answer.TrySetResult(reply.Text("value"));
                questions.RemoveAt(index);
            }
        }
    }

    private static bool HasSameSender(WireMessage request, WireMessage reply) =>
        reply.Identities.Count == request.Identities.Count
        && reply.Identities.Zip(request.Identities).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second));
}
