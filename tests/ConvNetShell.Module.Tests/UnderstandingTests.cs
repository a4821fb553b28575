using System.Management.Automation;
using ConvNetShell.Testing;
using ConvNetShell.Module.Tests.Support;

namespace ConvNetShell.Module.Tests;

/// <summary>Looking inside a network that has learned its three colours, as it is typed.</summary>
public sealed class UnderstandingTests(ModuleFixture module)
{
    private const string Run = """
        if (-not $seenThrough) {
            $seenThrough = New-Network -Spec 'conv3x3x4 relu pool2 fc3' -InputShape 3,8,8 -Seed 1 |
                Start-Training $images -Epochs 20 -BatchSize 6 -Validation 0 -Optimizer Adam -LearningRate 0.02
            $seenSample = Select-Sample $images -Class red
        }
        $run = $seenThrough;
        """;

    [Theory]
    [InlineData("($seenSample | Get-Saliency $run -Method Gradient, IntegratedGradient, GradCam, Occlusion, SmoothGradient).Method -join ' '", "Gradient IntegratedGradient GradCam Occlusion SmoothGradient")]
    [InlineData("($seenSample | Get-Saliency $run -Method IntegratedGradient).Completeness.Holds", "True")]
    [InlineData("Get-Saliency $run $seenSample.File GradCam -Class green | ForEach-Object { \"$($_.Class) $($_.Layer) $($_.Height)x$($_.Width) $($_.Values.Count)\" }", "green relu1 8x8 64")]
    [InlineData("(Get-Saliency $run $seenSample Gradient -AllowNegative).Min -lt 0", "True")]
    [InlineData("(Get-Saliency $run $seenSample).Class", "red")]
    [InlineData("(Select-Sample $images -Count 12 | Get-Saliency $run -Method GradCam).Count", "12")]
    [InlineData("([pscustomobject]@{ Network = $run; Sample = $seenSample } | Get-Saliency GradCam).Method", "GradCam")]
    [InlineData("(($seenSample | Trace-Activation $run conv1 -At 2,0,0).Taps | Where-Object IsPadding).Count", "15")]
    [InlineData("($seenSample | Trace-Activation $run fc1 -Recurse).Layer -join ' '", "fc1 pool1 relu1 conv1 image")]
    [InlineData("($seenSample | Trace-Activation $run fc1 -Recurse | Where-Object Agrees).Count", "5")]
    [InlineData("$t = $seenSample | Trace-Activation $run fc1; [math]::Abs(($t.ChannelSums | ForEach-Object Sum | Measure-Object -Sum).Sum + $t.Bias - $t.Activation) -lt 1e-4", "True")]
    [InlineData("Get-MaximalPatch $run conv1 1 -Top 3 | ForEach-Object { \"$($_.Unit) $($_.Rank) $($_.Size) $($_.Patch.Height)\" }", "1 1 3x3 3|1 2 3x3 3|1 3 3x3 3")]
    [InlineData("(Get-MaximalPatch $run conv1 -Top 2).Count", "8")]
    [InlineData("(Get-MaximalPatch $run.Network fc1 2 $images -Top 1).Class", "red")]
    [InlineData("New-DreamImage $run fc1 red, 0 -Steps 20 | ForEach-Object { \"$($_.Unit) $($_.Class) $($_.Activation -gt $_.StartActivation)\" }", "2 red True|0 blue True")]
    [InlineData("(New-DreamImage $run fc1 green -Steps 40 | ForEach-Object Sample | Get-Prediction $run -Top 1).Class", "green")]
    [InlineData("@(Find-LabelError $run).Count", "0")]
    [InlineData("Measure-Calibration $run -Bins 5 | ForEach-Object { \"$($_.Count) $($_.Accuracy) $($_.Bins.Count) $($_.Ece -lt 0.2)\" }", "12 1 5 True")]
    [InlineData("(Measure-Layer $run).Layer -join ' '", "conv1 relu1 pool1 fc1")]
    [InlineData("(Measure-Layer $run -Layer re*, fc1 -Count 5 -Split Train).Layer -join ' '", "relu1 fc1")]
    [InlineData("$one = Measure-Layer $run -Layer conv1; [math]::Abs($one.UpdateRatio / ($one.GradientSize / $one.WeightSize) - 0.02) -lt 1e-9", "True")]
    [InlineData("Compare-Network $run (New-Network -Spec fc3 -InputShape 3,8,8 -Seed 3) | ForEach-Object { \"$($_.Count) $($_.FirstAccuracy) $($_.BothRight + $_.OnlyFirst.Count)\" }", "12 1 12")]
    [InlineData("(Compare-Network $run $run).Verdict", "no difference shown")]
    [InlineData("$p = Select-Sample $images -Count 12 | Get-Prediction $run -Top 1; $worst = ($p | Sort-Object Loss -Descending)[0]; \"$($p.Count) $($worst.Loss -eq ($p.Loss | Measure-Object -Maximum).Maximum) $($worst.Sample.Height)\"", "12 True 8")]
    public void The_line_gives_the_answer(string script, string expected) =>
        Assert.Equal(expected.Split('|'), module.Run(Run + script).Select(value => LanguagePrimitives.ConvertTo<string>(value)));

    [Theory]
    [InlineData("$seenSample | Get-Saliency $run -Class yelow", "Setting.Invalid", "-Class must be one of blue, green, red. Received: 'yelow'")]
    [InlineData("$seenSample | Get-Saliency $run -Class gren", "Setting.Invalid", "(did you mean green?)")]
    [InlineData("$seenSample | Get-Saliency $run -Method GradCam -Layer con1", "Setting.Invalid", "-Layer must be one of conv1, relu1, pool1, fc1 (did you mean conv1?). Received: 'con1'")]
    [InlineData("$seenSample | Get-Saliency $run -Method GradCam -Layer fc1", "Setting.Invalid", "a layer with maps: conv1, relu1, pool1")]
    [InlineData("$seenSample | Get-Saliency $run -Window 0", "Setting.Invalid", "-Window must be an integer of 1 or more")]
    [InlineData("$seenSample | Get-Saliency CIFAR10 -NoResize", "Shape.Mismatch", "expected 3x32x32. Received: 3x8x8")]
    [InlineData("Get-Saliency CIFAR10 $seenSample.File -NoResize", "Shape.Mismatch", "expected 3x32x32. Received: 3x8x8")]
    [InlineData("Get-Saliency Conv1D $seenSample.File", "Shape.Mismatch", "takes no image files")]
    [InlineData("Get-Saliency $run nosuch.png", "File.NotFound", "nosuch.png")]
    [InlineData("$seenSample | Trace-Activation $run conv1 -At 4,0,0", "Setting.Invalid", "from 0 to 3,7,7 for conv1 (4x8x8). Received: '4,0,0'")]
    [InlineData("$seenSample | Trace-Activation $run pol1", "Setting.Invalid", "did you mean pool1?")]
    [InlineData("Get-MaximalPatch $run conv1 9", "Setting.Invalid", "-Unit must be from 0 to 3 for conv1")]
    [InlineData("Get-MaximalPatch LeNet5 conv1", "Setting.Invalid", "-Dataset must be given")]
    [InlineData("Get-MaximalPatch CIFAR10 conv1 0 $images", "Shape.Mismatch", "expected 3x32x32. Received: 3x8x8")]
    [InlineData("New-DreamImage $run conv1 red", "Setting.Invalid", "whose units are no classes. Received: 'red'")]
    [InlineData("New-DreamImage $run fc1 0 -Steps 0", "Setting.Invalid", "-Steps must be")]
    [InlineData("Measure-Layer $run -Layer konv1", "Setting.Invalid", "did you mean conv1?")]
    [InlineData("Measure-Layer $run -LearningRate 0", "Setting.Invalid", "-LearningRate must be a finite number above 0. Received: 0")]
    [InlineData("Compare-Network $run CIFAR10", "Shape.Mismatch", "expected 3x32x32. Received: 3x8x8")]
    [InlineData("Measure-Calibration $run -Split Validation", "Setting.Invalid", "-Split must be one that colours has")]
    public void What_is_wrong_is_said(string script, string id, string message)
    {
        ErrorRecord error = module.Fail(Run + script);

        Assert.StartsWith(id, error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(message, error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Images_of_another_size_are_resized_with_one_warning()
    {
        EngineResult result = module.Session.Collect(Run + "$net = New-Network CIFAR10; Select-Sample $images -Count 3 | Get-Saliency $net");

        Assert.Empty(result.Errors);
        Assert.Equal(3, result.Output.Count);
        Assert.Contains("is 3x8x8 and was resized to 3x32x32", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_image_is_an_error_and_the_next_goes_on()
    {
        EngineResult result = module.Session.Collect(Run + "'nosuch.png', $seenSample.File | Get-Saliency $run");

        Assert.Single(result.Errors);
        Assert.Single(result.Output);
    }

    [Theory]
    [InlineData("Get-Saliency $run $seenSample -Method ", "GradCam")]
    [InlineData("Get-Saliency $run $seenSample -Class r", "red")]
    [InlineData("Trace-Activation $run co", "conv1")]
    [InlineData("New-DreamImage $run fc1 -Unit g", "green")]
    public void Names_are_completed(string line, string expected) => Assert.Contains(expected, module.Run(
        Run + "(TabExpansion2 $args[0] $args[0].Length).CompletionMatches.CompletionText", line).Select(match => match.ToString()));

    [Theory]
    [InlineData("$seenSample | Get-Saliency $run -Method IntegratedGradient", "Source", "Method", "Class", "Probability", "Peak", "off by")]
    [InlineData("$seenSample | Trace-Activation $run conv1 -At 0,3,3", "patch | kernel | products", "they agree", "bias")]
    [InlineData("($seenSample | Trace-Activation $run conv1 -At 0,3,3).Taps", "From", "Value", "Weight", "Product", "Padding")]
    [InlineData("Get-MaximalPatch $run conv1 1 -Top 2", "Layer", "Unit", "Rank", "Activation", "Source", "Class", "Size")]
    [InlineData("New-DreamImage $run fc1 0 -Steps 2", "Layer", "Unit", "Class", "Start", "Activation")]
    [InlineData("Measure-Calibration $run", "Expected error (ECE)", "Brier score", "confidence")]
    [InlineData("(Measure-Calibration $run).Bins", "Probability", "Confidence", "Accuracy", "Gap")]
    [InlineData("Measure-Layer $run", "Layer", "Output", "Mean", "Dead", "Weight", "Gradient", "Update")]
    [InlineData("Compare-Network $run $run", "Only first", "95 % interval", "McNemar exact", "Verdict")]
    [InlineData("$seenSample | Get-Prediction $run", "Loss")]
    public void Each_object_has_a_view(string script, params string[] headers)
    {
        string shown = module.Get<string>(Run + $"{script} | Out-String -Width 200");

        Assert.All(headers, header => Assert.Contains(header, shown, StringComparison.Ordinal));
        Assert.DoesNotContain("#ERR", shown, StringComparison.Ordinal);
    }
}
