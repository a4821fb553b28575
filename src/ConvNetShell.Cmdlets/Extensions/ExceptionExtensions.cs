using System.Management.Automation;
using System.Runtime.InteropServices;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Training.Runs;

namespace ConvNetShell.Cmdlets.Extensions;

/// <summary>Turns errors of the core into PowerShell's records.</summary>
internal static class ExceptionExtensions
{
    public static ErrorRecord ToErrorRecord(this ConvNetException error, object? target) =>
        new(error.AtPrompt(), error.ErrorId, error.Category(), error is NameNotFoundException missing ? missing.Received : target);

    /// <summary>Returns the error with the setting's name as a user types it: LearningRate is -LearningRate.</summary>
    public static ConvNetException AtPrompt(this ConvNetException error) =>
        error.Renamed(setting => setting.All(char.IsAsciiLetterOrDigit) ? "-" + setting : setting);

    /// <summary>libtorch's own words follow ours: they are long, and the first line says it all.</summary>
    public static ErrorRecord ToTorchErrorRecord(this ExternalException error, object? target)
    {
        string firstLine = error.Message.Split('\n', 2)[0].Trim();
        var wrapped = new InvalidOperationException($"libtorch could not compute this: {firstLine}", error);
        return new ErrorRecord(wrapped, "Torch.Failed", ErrorCategory.InvalidOperation, target);
    }

    private static ErrorCategory Category(this ConvNetException error) =>
        error switch
        {
            InvalidSettingException or ShapeMismatchException or ClassMismatchException or LayerException => ErrorCategory.InvalidArgument,
            DataFormatException or CheckpointException => ErrorCategory.InvalidData,
            StorageException => ErrorCategory.WriteError,
            DatasetUnavailableException or NameNotFoundException => ErrorCategory.ObjectNotFound,
            NativeLibraryException or MemoryShortageException => ErrorCategory.ResourceUnavailable,
            NonFiniteLossException => ErrorCategory.InvalidResult,
            _ => ErrorCategory.NotSpecified,
        };
}
