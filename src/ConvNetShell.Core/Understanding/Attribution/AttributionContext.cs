using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Networks;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Understanding.Attribution;

/// <summary>One picture and one class whose score is to be explained.</summary>
/// <param name="Network">The network, on the device.</param>
/// <param name="Input">The picture, normalized: a batch of one.</param>
/// <param name="Class">The output.</param>
/// <param name="Options">The settings.</param>
/// <param name="Stop">Ends the work between two batches.</param>
internal sealed record AttributionContext(Network Network, Tensor Input, int Class, SaliencyOptions Options, CancellationToken Stop)
{
    private const int BatchSize = 64;

    /// <summary>Gets the baseline, a picture without information: a batch of one.</summary>
    public Tensor Baseline =>
        Options.Baseline switch
        {
            SaliencyBaseline.Black => NetworkInput.Plain(Network, 0, Input.device),
            SaliencyBaseline.White => NetworkInput.Plain(Network, 1, Input.device),
            _ => zeros_like(Input),
        };

    /// <summary>Returns the class's score of each input of a batch, batches of any size.</summary>
    public Tensor Scores(Tensor batch)
    {
        using var noGradients = no_grad();
        return cat([.. Parts(batch).Select(part => Network.Logits(part, default).select(1, Class))]);
    }

    /// <summary>Returns the gradient of the class's score at each input of a batch.</summary>
    public Tensor Gradients(Tensor batch) =>
        cat([
            .. Parts(batch)
                .Select(part =>
                {
                    using var scope = NewDisposeScope();
                    Tensor leaf = part.detach().requires_grad_();
                    Tensor score = Network.Logits(leaf, default).select(1, Class).sum();
                    return Numerics.Gradients.Of(score, leaf).detach().MoveToOuterDisposeScope();
                }),
        ]);

    /// <summary>
    /// Returns one value for each position: the sum over the channels of a batch of one. Each value of a vector is a position.
    /// </summary>
    public Tensor SumOfChannels(Tensor attributions) => Network.InputShape.Count == 1 ? attributions[0] : attributions[0].sum([0L]);

    /// <summary>Returns one value for each position: the largest magnitude over the channels.</summary>
    public Tensor LargestOfChannels(Tensor attributions) =>
        Network.InputShape.Count == 1 ? attributions[0].abs() : attributions[0].abs().amax(0);

    private IEnumerable<Tensor> Parts(Tensor batch)
    {
        int size = Network.Plan.BatchSize(BatchSize);
        for (long start = 0; start < batch.shape[0]; start += size)
        {
            Stop.ThrowIfCancellationRequested();
            yield return batch.narrow(0, start, Math.Min(size, batch.shape[0] - start));
        }
    }
}
