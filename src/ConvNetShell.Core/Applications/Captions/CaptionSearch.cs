using ConvNetShell.Core.Data.Captions;
using ConvNetShell.Core.Layers.Captions;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Applications.Captions;

/// <summary>
/// Beam search: of each image as many captions as the beam is wide go on word by word, the most probable of all their continuations. A
/// beam of 1 takes the most probable word each time.
/// </summary>
/// <param name="decoder">The decoder.</param>
/// <param name="longest">The places of a caption, the end included.</param>
/// <param name="beam">The captions of an image.</param>
internal sealed class CaptionSearch(CaptionModule decoder, int longest, int beam)
{
    /// <summary>Finds the most probable caption of each image of a batch.</summary>
    /// <param name="maps">What goes into the decoder.</param>
    public FoundCaption[] Find(Tensor maps)
    {
        int count = (int)maps.shape[0];
        SeenImage image = Repeat(decoder.See(maps, default));
        CaptionState state = decoder.Begin(image);
        var beams = new Path[count * beam];
        for (int i = 0; i < beams.Length; i++)
        {
            beams[i] = i % beam == 0 ? Path.Empty : Path.Empty with { Total = double.NegativeInfinity }; // one start an image
        }
        for (int place = 0; place < longest && !beams.All(path => path.IsDone); place++)
        {
            Tensor words = tensor(Array.ConvertAll(beams, path => path.Last)).to(maps.device);
            (CaptionState next, Tensor scores, Tensor? looks) = decoder.Next(image, state, words);
            float[] logarithms = Numbers(nn.functional.log_softmax(scores, 1));
            float[] attention = looks is null ? [] : Numbers(looks);
            int width = (int)scores.shape[1],
                positions = attention.Length / beams.Length;
            var parents = new long[beams.Length];
            var chosen = new Path[beams.Length];
            for (int i = 0; i < count; i++)
            {
                (int Parent, int Word, double Total)[] best = Best(beams, logarithms, i, width);
                for (int j = 0; j < beam; j++)
                {
                    (int parent, int word, double total) = best[j];
                    parents[(i * beam) + j] = parent;
                    chosen[(i * beam) + j] = beams[parent].IsDone
                        ? beams[parent]
                        : new Path(
                            beams[parent],
                            word,
                            logarithms[(parent * width) + word],
                            total,
                            attention[(parent * positions)..((parent + 1) * positions)]
                        );
                }
            }
            Tensor rows = tensor(parents).to(maps.device);
            (beams, state) = (chosen, new CaptionState(next.State.index_select(0, rows), next.Memory.index_select(0, rows)));
        }
        return [.. beams.Chunk(beam).Select(own => own.MaxBy(path => path.Total)!.ToCaption())];
    }

    private (int Parent, int Word, double Total)[] Best(Path[] beams, float[] logarithms, int image, int width) =>
        [
            .. Enumerable
                .Range(image * beam, beam)
                .SelectMany(parent =>
                    beams[parent].IsDone
                        ? [(parent, CaptionVocabulary.End, beams[parent].Total)]
                        : Enumerable
                            .Range(0, width)
                            .Select(word => (parent, word, beams[parent].Total + logarithms[(parent * width) + word]))
                )
                .OrderByDescending(item => item.Item3)
                .Take(beam),
        ];

    private SeenImage Repeat(SeenImage image) =>
        beam == 1
            ? image
            : new SeenImage(
                image.Vector.repeat_interleave(beam, 0),
                image.Keys?.repeat_interleave(beam, 0),
                image.Values?.repeat_interleave(beam, 0)
            );

    private static float[] Numbers(Tensor values) => values.cpu().contiguous().data<float>().ToArray();

    private sealed record Path(Path? Before, int Word, double Logarithm, double Total, float[] Looks)
    {
        public static Path Empty { get; } = new(null, CaptionVocabulary.Start, 0, 0, []);

        public long Last => Word;

        public bool IsDone => Word == CaptionVocabulary.End;

        public FoundCaption ToCaption()
        {
            var path = new Stack<Path>();
            for (Path at = this; at.Before is { } before; at = before)
            {
                path.Push(at);
            }
            Path[] words = [.. path.TakeWhile(at => !at.IsDone)];
            return new FoundCaption(
                [.. words.Select(at => at.Word)],
                [.. path.Select(at => at.Logarithm)],
                [.. words.Select(at => at.Looks).Where(looks => looks.Length > 0)]
            );
        }
    }
}
