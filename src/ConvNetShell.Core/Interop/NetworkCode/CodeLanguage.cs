namespace ConvNetShell.Core.Interop.NetworkCode;

/// <summary>The languages that a network can be written in.</summary>
public enum CodeLanguage
{
    /// <summary>Python with PyTorch: an nn.Sequential with the layers' names.</summary>
    PyTorch,

    /// <summary>Python with Keras: a functional model, channels last.</summary>
    Keras,

    /// <summary>JavaScript with ConvNetJS: layer_defs and makeLayers.</summary>
    ConvNetJS,

    /// <summary>C# with TorchSharp: a class that makes a Sequential with the layers' names.</summary>
    TorchSharp,

    /// <summary>PowerShell: the cmdlets of this module.</summary>
    PowerShell,

    /// <summary>This module's spec, for New-Network -Spec.</summary>
    Spec,
}
