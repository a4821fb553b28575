using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Compute.Native;

/// <summary>
/// Says how often libtorch has changed a tensor's numbers in place. TorchSharp has no property for it, libtorch has: Tensor._version.
/// </summary>
internal static unsafe class TensorVersions
{
    private static readonly Lazy<(nint Version, nint IsInference)> Functions = new(Find);

    /// <summary>Returns the count; <see langword="null"/> where libtorch does not tell or, for a tensor made in inference mode, does not
    /// count.</summary>
    /// <param name="tensor">The tensor.</param>
    public static long? Of(Tensor tensor)
    {
        (nint version, nint isInference) = Functions.Value;
        if (version == 0 || ((delegate* unmanaged<nint, byte>)isInference)(tensor.Handle) != 0)
        {
            return null;
        }
        long count = ((delegate* unmanaged<nint, long>)version)(tensor.Handle);
        GC.KeepAlive(tensor);
        return count;
    }

    /// <summary>
    /// Counts a change that went past libtorch: numbers that were written where the tensor has them. Does nothing where no count is told.
    /// </summary>
    /// <param name="tensor">The tensor.</param>
    public static void Advance(Tensor tensor)
    {
        if (Of(tensor) is null)
        {
            return;
        }
        using var noGradients = no_grad();
        using Tensor bare = tensor.detach(),
            row = bare.unsqueeze(0),
            none = row.narrow(0, 0, 0); // a view has the same count
        none.zero_();
    }

    private static (nint Version, nint IsInference) Find()
    {
        nint library = TorchLibrary.HandleOf("torch_cpu");
        return
            library != 0
            // the names of every platform but Windows, which goes without
            && NativeLibrary.TryGetExport(library, "_ZN2at4_ops8_version4callERKNS_6TensorE", out nint version)
            && NativeLibrary.TryGetExport(library, "_ZN2at4_ops12is_inference4callERKNS_6TensorE", out nint isInference)
            ? (version, isInference)
            : default;
    }
}
