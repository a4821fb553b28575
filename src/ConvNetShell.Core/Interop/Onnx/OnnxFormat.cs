using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Core.Networks;
using ConvNetShell.Display.Files;
using Google.Protobuf;

namespace ConvNetShell.Core.Interop.Onnx;

/// <summary>ONNX, which most runtimes execute. Networks are read whose branches, if any, are added or concatenated.</summary>
internal sealed class OnnxFormat() : NetworkFormat("Onnx", "ONNX: the network with its weights, for other runtimes", ".onnx")
{
    /// <summary>The longest file that is read, in bytes: one .NET array.</summary>
    internal const int MaxBytes = 0x7FFFFFC7;

    /// <inheritdoc />
    public override void Write(string path, Network network, ExportSettings settings)
    {
        RequirePlain(settings);
        OnnxModel model = OnnxExporter.Export(network, settings.IncludePreprocessing);
        try
        {
            AtomicFile.Write(path, file => model.WriteTo(file));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StorageException("Storage.Unwritable", path, $"the file could not be written: {error.Message}", error);
        }
    }

    /// <inheritdoc />
    public override Network Read(string path, ImportSettings settings)
    {
        byte[] bytes = ForeignFile.ReadAll(path, MaxBytes);
        using var input = new CodedInputStream(bytes);
        OnnxModel model;
        try
        {
            model = OnnxModel.Parser.WithDiscardUnknownFields(true).ParseFrom(input);
        }
        catch (InvalidProtocolBufferException error)
        {
            throw new NetworkFileException("NetworkFile.Damaged", path, $"expected an ONNX model. {error.Message}", input.Position, error);
        }
        try
        {
            return ForeignFile.Into(path, OnnxImporter.Import(model, bytes.Length), settings);
        }
        catch (Exception error) when (error is LayerException or InvalidSettingException or ShapeMismatchException or OverflowException)
        {
            throw new NetworkFileException("NetworkFile.Unsupported", path, error.Message, innerException: error);
        }
    }
}
