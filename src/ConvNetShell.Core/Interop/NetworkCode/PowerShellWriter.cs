using System.Globalization;
using System.Text;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Activation;
using ConvNetShell.Core.Layers.Blocks;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Dense;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Layers.Normalization;
using ConvNetShell.Core.Layers.Pooling;
using ConvNetShell.Core.Layers.Recurrent;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Networks;

namespace ConvNetShell.Core.Interop.NetworkCode;

/// <summary>Writes a network as the cmdlets of this module that make it, with its name, seed and classes.</summary>
internal static class PowerShellWriter
{
    public static string Write(Network network)
    {
        var code = new StringBuilder($"# {CodeText.Comment(network)}\n@(\n");
        foreach (NetworkLayer layer in network.Layers)
        {
            code.Append("    ").Append(Layer(layer.Spec, "    ")).Append('\n');
        }
        code.Append(CultureInfo.InvariantCulture, $") | New-Network -InputShape {string.Join(", ", network.InputShape.ToArray())}");
        code.Append(CultureInfo.InvariantCulture, $" -Name {Text(network.Name)} -Seed {network.Seed}");
        if (network.Classes.Count > 0)
        {
            code.Append(" -Classes ").AppendJoin(", ", network.Classes.Select(Text));
        }
        return code.Append('\n').ToString();
    }

    private static string Layer(LayerSpec layer, string indent)
    {
        string? name = layer.Name is string own ? $" -Name {Text(own)}" : null;
        return layer switch
        {
            ResidualSpec block =>
                $"New-ResidualBlock {Block(block.Given[0], indent)}{Option("Shortcut", block.Shortcut, ShortcutKind.Identity)}{name}",
            BranchSpec block =>
                $"New-BranchLayer {string.Join(", ", block.Given.Select(branch => Block(branch, indent)))} -Join {block.Join}{name}",
            FilterSpec filter => Filters(filter) + name,
            PoolSpec pool => $"New-PoolLayer {Size(pool.Window.Kernel)}{Window(pool.Window, pool.Window.Kernel)}"
                + $"{Option("Kind", pool.Pooling, PoolKind.Max)}{name}",
            AdaptivePoolSpec pool => $"New-PoolLayer {(pool.Size is null ? "-Global" : $"-OutputSize {Size(pool.Size)}")}"
                + $"{Option("Kind", pool.Pooling, PoolKind.Max)}{name}",
            DenseSpec dense => string.Create(CultureInfo.InvariantCulture, $"New-DenseLayer {dense.Units}")
                + $"{(dense.Inputs is int inputs ? string.Create(CultureInfo.InvariantCulture, $" -Inputs {inputs}") : null)}"
                + $"{Weights(dense.Bias, dense.Initializer)}{name}",
            ActivationSpec activation => $"New-ActivationLayer {activation.Function}{name}",
            DropoutSpec dropout => string.Create(
                CultureInfo.InvariantCulture,
                $"New-DropoutLayer {dropout.Rate}{(dropout.Spatial ? " -Spatial" : null)}{name}"
            ),
            BatchNormSpec norm => $"New-NormLayer Batch{BatchNorm(norm)}{name}",
            LayerNormSpec => $"New-NormLayer Layer{name}",
            GroupNormSpec group => string.Create(CultureInfo.InvariantCulture, $"New-NormLayer Group -Groups {group.Groups}{name}"),
            LocalResponseSpec response => string.Create(
                CultureInfo.InvariantCulture,
                $"New-NormLayer LocalResponse -Size {response.Size} -Alpha {response.Alpha} -Beta {response.Beta} -K {response.K}{name}"
            ),
            MaxoutSpec maxout => string.Create(CultureInfo.InvariantCulture, $"New-MaxoutLayer {maxout.GroupSize}{name}"),
            FlattenSpec => $"New-FlattenLayer{name}",
            // a cell's initializer has no cmdlet parameter; new weights are drawn anyway
            RecurrentSpec cell => string.Create(CultureInfo.InvariantCulture, $"New-RecurrentLayer {cell.Cell} {cell.Units}")
                + $"{(cell.Sequence ? " -Sequence" : null)}{(cell.Bidirectional ? " -Bidirectional" : null)}{name}",
            // layers without a cmdlet of their own
            _ => $"[ConvNetShell.Core.Layers.Spec.NetworkSpec]::Parse({Text(layer.ToToken())})",
        };
    }

    private static string BatchNorm(BatchNormSpec norm) =>
        (
            norm.Momentum == BatchNormSpec.StandardMomentum
                ? null
                : string.Create(CultureInfo.InvariantCulture, $" -Momentum {norm.Momentum}")
        )
        + (norm.Epsilon == BatchNormSpec.StandardEpsilon ? null : string.Create(CultureInfo.InvariantCulture, $" -Epsilon {norm.Epsilon}"))
        + (norm.Scale ? null : " -NoScale");

    private static string Filters(FilterSpec filter)
    {
        (int groups, string? kind) = filter switch
        {
            ConvSpec conv => (conv.Groups, null),
            TransposedConvSpec conv => (
                conv.Groups,
                " -Transposed" + (conv.Extra > 0 ? string.Create(CultureInfo.InvariantCulture, $" -OutputPadding {conv.Extra}") : null)
            ),
            _ => (1, " -Unshared"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"New-ConvLayer {filter.Filters} {Size(filter.Window.Kernel)}")
            + Window(filter.Window, 1)
            + (filter.Window.Dilation.Equals(1) ? null : $" -Dilation {Size(filter.Window.Dilation)}")
            + (filter.Dimensions == 2 ? null : string.Create(CultureInfo.InvariantCulture, $" -Dimension {filter.Dimensions}"))
            + (groups > 1 ? string.Create(CultureInfo.InvariantCulture, $" -Groups {groups}") : null)
            + kind
            + Weights(filter.Bias, filter.Initializer);
    }

    private static string Window(Window window, SpatialSize stride) =>
        (window.Stride.Equals(stride) ? null : $" -Stride {Size(window.Stride)}")
        + window.Padding.Mode switch
        {
            PaddingMode.Valid => null,
            PaddingMode.Same => " -Padding Same",
            _ => $" -Padding {Text(window.Padding.ToString())}",
        };

    private static string Weights(bool bias, Initializer? initializer) =>
        (bias ? null : " -NoBias")
        + (
            initializer is null
                ? null
                : string.Create(CultureInfo.InvariantCulture, $" -Initializer {initializer.Method} -InitialScale {initializer.Scale}")
        );

    private static string Block(IReadOnlyList<LayerSpec> layers, string indent) =>
        layers.Count == 0
            ? "{ }"
            : $"{{\n{string.Concat(layers.Select(layer => $"{indent}    {Layer(layer, indent + "    ")}\n"))}{indent}}}";

    private static string? Option<T>(string name, T value, T standard)
        where T : struct, Enum => value.Equals(standard) ? null : $" -{name} {value}";

    private static string Size(SpatialSize size) => size.Count == 1 ? size[0].ToString(CultureInfo.InvariantCulture) : $"'{size}'";

    // PowerShell takes the typographic quotation marks for the plain one
    private static string Text(string text) =>
        $"'{string.Concat(text.Select(letter => letter is '\'' or '‘' or '’' or '‚' or '‛' ? $"{letter}{letter}" : $"{letter}"))}'";
}
