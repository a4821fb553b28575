namespace ConvNetShell.Cmdlets.Parameters.Completion;

/// <summary>Completes the metrics that a sweep makes as good as possible.</summary>
public sealed class ObjectiveCompleter : NameCompleter
{
    private protected override IEnumerable<(string Name, string Tip)> Names(CommandLine line) =>
        [
            ("ValidationAccuracy", "The fraction of the validation images that the best epoch gets right; the largest is best"),
            ("ValidationLoss", "The loss on the validation images; the smallest is best"),
            ("TrainAccuracy", "The fraction of the training images; the largest is best"),
            ("TrainLoss", "The loss on the training images; the smallest is best"),
        ];
}
