using ConvNetShell.Core.Compute.Native;
using ConvNetShell.Core.Storage;
using TorchSharp;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Interop.Formats;

/// <summary>The values of a weight that was found in a file: in memory, or still in the file, in the order of the network.</summary>
internal sealed class ImportedWeight : IDisposable
{
    private readonly Tensor? value;
    private readonly TensorFile? file;
    private readonly long offset;

    private ImportedWeight(Tensor value) => (this.value, Shape) = (value, value.shape);

    /// <summary>Initializes a new instance of the <see cref="ImportedWeight"/> class: 32-bit numbers in a file, which stays open.</summary>
    public ImportedWeight(TensorFile file, long offset, long[] shape) => (this.file, this.offset, Shape) = (file, offset, shape);

    /// <summary>Gets the shape.</summary>
    public long[] Shape { get; }

    public static implicit operator ImportedWeight(Tensor value) => new(value);

    /// <summary>Copies the values into a tensor of as many.</summary>
    public void CopyTo(Tensor own)
    {
        if (value is not null)
        {
            own.copy_(value.reshape(own.shape));
        }
        else if (own.dtype == ScalarType.Float32 && own.is_contiguous() && own.device_type == DeviceType.CPU)
        {
            file!.Read(own.bytes, offset);
            TensorVersions.Advance(own);
        }
        else
        {
            using Tensor read = empty(own.shape, ScalarType.Float32);
            file!.Read(read.bytes, offset);
            own.copy_(read);
        }
    }

    /// <inheritdoc />
    public void Dispose() => value?.Dispose();
}
