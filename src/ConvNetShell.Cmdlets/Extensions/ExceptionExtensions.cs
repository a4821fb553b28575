using System.Management.Automation;
using System.Runtime.InteropServices;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Training.Runs;

namespace ConvNetShell.Cmdlets.Extensions;

/// <summary>Turns errors of the core into PowerShell's records.</summary>
internal static class ExceptionExtensions
{
    public static ErrorRecord ToErrorRecord(this ConvNetException error, object? target) =>
        new(error, error.ErrorId, error.Category(), error is NameNotFoundException missing ? missing.Received : target);

    /// <summary>Appends the first line of libtorch's own message, which is long.</summary>
    public static ErrorRecord ToTorchErrorRecord(this ExternalException error, object? target)
    {
        string firstLine = error.Message.Split('\n', 2)[0].Trim();
        var wrapped = new InvalidOperationException($"libtorch could not compute this: {firstLine}", error);
        return new ErrorRecord(wrapped, "Torch.Failed", ErrorCategory.InvalidOperation, target);
    }

    private static ErrorCategory Category(this ConvNetException error) =>
        error switch
        {
            InvalidSettingException or ShapeMismatchException or LayerException => ErrorCategory.InvalidArgument,
            DataFormatException or CheckpointException => ErrorCategory.InvalidData,
            StorageException => ErrorCategory.WriteError,
            DatasetUnavailableException or NameNotFoundException => ErrorCategory.ObjectNotFound,
            NativeLibraryException => ErrorCategory.ResourceUnavailable,
            NonFiniteLossException => ErrorCategory.InvalidResult,
            _ => ErrorCategory.NotSpecified,
        };
}
