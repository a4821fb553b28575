using System.Collections;
using System.Management.Automation;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Spec;

namespace ConvNetShell.Cmdlets.Parameters.Layers;

/// <summary>Converts a script block that makes layers, layers, or a spec (conv3x3x16 relu) to a <see cref="LayerList"/>.</summary>
/// <param name="many">Whether each item of a list is a <see cref="LayerList"/> of its own.</param>
public sealed class LayerListTransformAttribute(bool many) : ArgumentTransformationAttribute
{
    /// <summary>Gets a value indicating whether each item of a list is a <see cref="LayerList"/> of its own.</summary>
    public bool Many { get; } = many;

    /// <inheritdoc />
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Many && Values.Unwrap(inputData) is IList branches ? branches.Cast<object?>().Select(Read).ToArray() : Read(inputData);

    private static object Read(object? value) =>
        Values.Unwrap(value) switch
        {
            LayerList list => list,
            string spec => Values.Read(() => new LayerList(NetworkSpec.Parse(spec))),
            ScriptBlock block => new LayerList(Layers(block.Invoke())),
            IList layers => new LayerList(Layers(layers)),
            LayerSpec layer => new LayerList([layer]),
            null => new LayerList([]),
            var other => other,
        };

    private static LayerSpec[] Layers(IList values) =>
        [
            .. values
                .Cast<object?>()
                .Select(value =>
                    Values.Unwrap(value) switch
                    {
                        LayerSpec layer => layer,
                        var other => throw new ArgumentTransformationMetadataException(
                            $"Expected layers, for example those of New-ConvLayer. Received: {other ?? "nothing"}."
                        ),
                    }
                ),
        ];
}
