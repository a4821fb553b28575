namespace ConvNetShell.Core.Interop.Formats;

/// <summary>How weights are named in a file.</summary>
public enum ParameterNaming
{
    /// <summary>By the layer: <c>conv1.weight</c>, as in torch.nn.Sequential(OrderedDict(conv1=...)).</summary>
    Layer,

    /// <summary>By the layer's position, from 0: <c>0.weight</c>, as in torch.nn.Sequential(...).</summary>
    Index,
}
