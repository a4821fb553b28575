using ConvNetShell.Core.Data.Matches;
using ConvNetShell.Core.Training.Settings;

namespace ConvNetShell.Core.Presets;

/// <summary>The networks of one and of two streams.</summary>
public static partial class NetworkPresets
{
    private const string Seen =
            "picture24 bn conv3d3x5x5x12s1x2x2 relu pool1x2x2 conv3d3x3x3x24-nobias bn relu pool2 conv3d3x3x3x32-nobias bn relu "
            + "fc32 relu",
        Heard =
            "sound16 bn conv1d32x24s8-nobias bn relu avgpool8 conv1d5x32-nobias bn relu pool4 conv1d5x32-nobias bn relu pool2 fc32 relu",
        End = " drop0.3 fc2 softmax";

    private static NetworkPreset[] Streams =>
        [
            OfStreams(
                "TwoStream",
                $"concat({Seen} | {Heard}){End}",
                "Two streams, frames through 3-D convolutions and sound through 1-D convolutions, joined late, which tells how "
                    + "much of a score comes from either (after Simonyan and Zisserman, arXiv 1406.2199)"
            ),
            OfStreams("PictureStream", Seen + End, "The picture stream of TwoStream alone: its baseline without sound"),
            OfStreams("SoundStream", Heard + End, "The sound stream of TwoStream alone: its baseline without picture"),
        ];

    private static NetworkPreset OfStreams(string name, string spec, string source) =>
        new(name, spec, MatchFilm.Shape, "Matches", source)
        {
            Recipe = new TrainingSettings
            {
                Optimizer = OptimizerKind.AdamW,
                LearningRate = 0.002,
                WeightDecay = 0.02,
                Epochs = 8,
                BatchSize = 64,
            },
        };
}
