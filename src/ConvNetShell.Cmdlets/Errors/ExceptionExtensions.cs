using System.Management.Automation;
using System.Runtime.InteropServices;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Display.Errors;

namespace ConvNetShell.Cmdlets.Errors;

/// <summary>Turns errors of the core into PowerShell's records.</summary>
internal static class ExceptionExtensions
{
    /// <summary>Turns an error of the core into a record.</summary>
    /// <param name="error">The error.</param>
    /// <param name="target">The object it is about.</param>
    /// <param name="command">The cmdlet, whose help a wrong setting leads to; <see langword="null"/> where it is not known.</param>
    public static ErrorRecord ToErrorRecord(this ConvNetException error, object? target, CommandInfo? command = null)
    {
        ErrorRecord record = new ErrorRecord(
            error.AtPrompt(),
            error.ErrorId,
            error.Category(),
            error is NameNotFoundException missing ? missing.Received : target
        ).WithAdvice();
        if (command is not null && record.Exception is InvalidSettingException wrong)
        {
            string name = wrong.Setting.TrimStart('-');
            string part = command.Parameters.ContainsKey(name)
                ? $"-Parameter {name} describes its values."
                : "-Full describes its parameters.";
            record.ErrorDetails.RecommendedAction = $"Get-Help {command.Name} {part}";
        }
        return record;
    }

    /// <summary>Adds what to do about an error, which PowerShell shows as its recommendation.</summary>
    public static ErrorRecord WithAdvice(this ErrorRecord record)
    {
        record.ErrorDetails = new ErrorDetails(record.Exception.Message)
        {
            RecommendedAction = ErrorCatalog.Advice(record.FullyQualifiedErrorId),
        };
        return record;
    }

    /// <summary>Returns the error with the setting's name as a user types it: LearningRate is -LearningRate.</summary>
    public static ConvNetException AtPrompt(this ConvNetException error) =>
        error.Renamed(setting => setting.All(char.IsAsciiLetterOrDigit) ? "-" + setting : setting);

    /// <summary>Turns an error of libtorch into a record in our words.</summary>
    public static ErrorRecord ToTorchErrorRecord(this ExternalException error, object? target) =>
        new ErrorRecord(
            new InvalidOperationException(error.InOurWords(), error),
            error.IsMemoryShort() ? "Memory.Short" : "Torch.Failed",
            error.IsMemoryShort() ? ErrorCategory.ResourceUnavailable : ErrorCategory.InvalidOperation,
            target
        ).WithAdvice();

    /// <summary>Returns our words for an error of libtorch, and the first line of its own; the others are of no use to a user.</summary>
    public static string InOurWords(this ExternalException error)
    {
        string first = error.Message.Split('\n', 2)[0].Trim();
        return error.IsMemoryShort()
            ? $"Expected enough free memory on the device. Received: {first} Try a smaller -BatchSize, or a smaller network."
            : $"libtorch could not compute {TorchFailure.LayerOf(error) ?? "this"}: {first}";
    }

    // the words of libtorch's allocators for a GPU and for the processor
    private static bool IsMemoryShort(this ExternalException error) =>
        error.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase)
        || error.Message.Contains("DefaultCPUAllocator", StringComparison.Ordinal);

    private static ErrorCategory Category(this ConvNetException error) =>
        error switch
        {
            InvalidSettingException or ShapeMismatchException or ClassMismatchException or LayerException => ErrorCategory.InvalidArgument,
            NetworkFileException { ErrorId: "NetworkFile.NotFound" } => ErrorCategory.ObjectNotFound,
            NetworkFileException { ErrorId: "NetworkFile.Mismatch" } => ErrorCategory.InvalidArgument,
            DataFormatException or CheckpointException or NetworkFileException => ErrorCategory.InvalidData,
            StorageException { ErrorId: "Storage.Exists" } => ErrorCategory.ResourceExists,
            StorageException { ErrorId: "Storage.InUse" } => ErrorCategory.ResourceBusy,
            StorageException { ErrorId: "Run.NoFolder" or "Sweep.NoFolder" } => ErrorCategory.ObjectNotFound,
            StorageException { ErrorId: "Run.Unreadable" or "Sweep.Unreadable" } => ErrorCategory.InvalidData,
            StorageException => ErrorCategory.WriteError,
            DatasetUnavailableException or NameNotFoundException => ErrorCategory.ObjectNotFound,
            NativeLibraryException or MemoryShortageException or SchedulerException => ErrorCategory.ResourceUnavailable,
            ProgramMissingException => ErrorCategory.NotInstalled,
            NonFiniteLossException or NonFiniteOutputException => ErrorCategory.InvalidResult,
            _ => ErrorCategory.NotSpecified,
        };
}
