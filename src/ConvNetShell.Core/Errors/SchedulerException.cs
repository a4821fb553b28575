namespace ConvNetShell.Core.Errors;

/// <summary>A cluster's scheduler is missing, refuses a job, or does not answer.</summary>
/// <param name="errorId">The stable identifier, <c>Slurm.</c> and one of Missing, Refused, Silent, WorkerFailed.</param>
/// <param name="message">The expected value, and what the scheduler said.</param>
/// <param name="innerException">The cause, if another error led here.</param>
public sealed class SchedulerException(string errorId, string message, Exception? innerException = null)
    : ConvNetException(errorId, message, innerException);
