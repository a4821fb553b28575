using System.Management.Automation;

namespace ConvNetShell.Cmdlets.Parameters.Completion;

/// <summary>Completes the last word of a network's specification; the words before it stay.</summary>
public sealed class SpecCompleter : NameCompleter
{
    private protected override IEnumerable<CompletionResult> Complete(string parameter, string word, CommandLine line)
    {
        string text = word.Trim('\'', '"');
        int start = text.LastIndexOfAny([' ', '(', '|']) + 1;
        return Names(line)
            .Where(entry => entry.Name.StartsWith(text[start..], StringComparison.OrdinalIgnoreCase))
            .Select(entry => new CompletionResult(
                $"'{text[..start]}{entry.Name}'",
                entry.Name,
                CompletionResultType.ParameterValue,
                entry.Tip
            ));
    }

    private protected override IEnumerable<(string Name, string Tip)> Names(CommandLine line) =>
        [
            ("conv5x5x16", "Convolution: height x width x filters; then s2 stride, p0 padding, d2 dilation, g2 groups, -nobias"),
            ("conv1d7x16", "Convolution of signals: size x filters"),
            ("conv3d3x3x3x8", "Convolution of clips and volumes: frames x height x width x filters"),
            ("deconv4x4x8s2", "Transposed convolution: makes maps larger by its stride"),
            ("local3x3x8", "Locally connected layer: every position has its own filters"),
            ("mapconv5x5:012/123", "Convolution whose first filter sees channels 0, 1 and 2, the second 1, 2 and 3"),
            ("pool2", "Max pooling; pool3s2 has windows of 3 in steps of 2"),
            ("avgpool2", "Mean pooling"),
            ("globalmax", "The largest value of each channel"),
            ("globalavg", "The mean of each channel"),
            ("adaptivemax4", "Max pooling to 4x4, for any input"),
            ("adaptiveavg4", "Mean pooling to 4x4, for any input"),
            ("subsample2", "Trainable subsampling, as in LeNet-5 of 1998"),
            ("fc10", "Dense layer of 10 units; -nobias"),
            ("rbf10", "Distances to 10 fixed codes, as in LeNet-5 of 1998"),
            ("rnn64", "Recurrent layer; -seq for the whole sequence, -bi for both directions"),
            ("gru64", "Gated recurrent units; -seq, -bi"),
            ("lstm64", "Long short-term memory; -seq, -bi"),
            ("drop0.5", "Dropout with that probability"),
            ("spatialdrop0.2", "Dropout of whole channels"),
            ("bn", "Batch normalization"),
            ("ln", "Layer normalization: all channels together, a scale and a shift a channel"),
            ("gn4", "Group normalization with 4 groups"),
            ("lrn5", "Local response normalization over 5 channels"),
            ("flatten", "Maps become a vector"),
            ("scale0.5", "Multiplies by a constant"),
            ("maxout2", "The largest value of each group of 2 channels"),
            ("relu", "Activation: max(0, x)"),
            ("leakyrelu", "Activation: x, or 0.01 x below zero"),
            ("sigmoid", "Activation: 1 / (1 + exp(-x))"),
            ("tanh", "Activation: hyperbolic tangent"),
            ("scaledtanh", "Activation: 1.7159 tanh(2x/3)"),
            ("gelu", "Activation: Gaussian error linear unit"),
            ("softmax", "Probabilities of the classes"),
            ("res(", "Residual block: res(conv3x3x16 bn relu conv3x3x16 bn)"),
            ("respad(", "Residual block whose shortcut is padded with zeros"),
            ("resproj(", "Residual block whose shortcut is a 1x1 convolution"),
            ("skip32s2", "The shortcut of a residual block alone: to 32 channels, every second position"),
            ("add(", "Branches that are added: add(conv3x3x8 | conv5x5x8)"),
            ("concat(", "Branches that are concatenated by channel: concat(conv1x1x8 | conv3x3x8)"),
        ];
}
