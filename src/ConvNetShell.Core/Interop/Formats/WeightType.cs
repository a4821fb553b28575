namespace ConvNetShell.Core.Interop.Formats;

/// <summary>The type of weights in a file.</summary>
public enum WeightType
{
    /// <summary>Four bytes, as networks compute; nothing is lost.</summary>
    Float32,

    /// <summary>Two bytes: 11 significant bits, up to 65,504.</summary>
    Float16,

    /// <summary>Two bytes: 8 significant bits, the range of Float32.</summary>
    BFloat16,
}
