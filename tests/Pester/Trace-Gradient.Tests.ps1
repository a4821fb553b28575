BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $images = Import-Dataset (New-TinyData)
    $run = New-TinyRun $images
    $sample = Select-Sample $images -Class red
}

Describe 'Trace-Gradient' {
    It 'has sum, backward and finite difference of one weight' {
        $trace = $sample | Trace-Gradient $run conv1 -At 2, 0, 1, 1
        $trace.Terms | Should -HaveCount 64
        $trace.Agrees | Should -BeTrue
        ($trace.Terms | Measure-Object Product -Sum).Sum | Should -BeLessThan ($trace.Backward + 1e-12)
        ($trace.Terms | Measure-Object Product -Sum).Sum | Should -BeGreaterThan ($trace.Backward - 1e-12)
        [Math]::Abs($trace.Gradient - $trace.FiniteDifference) | Should -BeLessThan ([Math]::Abs($trace.Gradient) * 1e-5 + 1e-9)
        $trace.NewValue | Should -Be ($trace.Value - 0.1 * $trace.Gradient)
    }

    It 'takes the largest gradient, and several images as one batch' {
        $one = $sample | Trace-Gradient $run fc1
        $all = Select-Sample $images -Count 4 | Trace-Gradient $run fc1 -At $one.At -Class red
        $all.Source | Should -Be '4 images'
        $all.Terms | Should -HaveCount 4
        $each = Select-Sample $images -Count 4 | ForEach-Object { ($_ | Trace-Gradient $run fc1 -At $one.At -Class red).Gradient }
        [Math]::Abs(($each | Measure-Object -Average).Average - $all.Gradient) | Should -BeLessThan 1e-12
    }

    It 'goes down with a step of gradient descent' {
        $trace = $sample | Trace-Gradient $run fc1 -Bias -Class blue -LearningRate 0.01
        $trace.LossAfter | Should -BeLessThan $trace.Loss
        $trace.Parameter | Should -Be bias
    }

    It 'is read like a calculation, and drawn' {
        $text = $sample | Trace-Gradient $run conv1 | Out-String
        $text | Should -Match 'backward +-?\d'
        $text | Should -Match 'finite difference +-?\d'
        $text | Should -Match 'they agree'
        $file = $sample | Trace-Gradient $run conv1 | Export-Figure "$TestDrive/gradient.png" -PassThru
        $file.Length | Should -BeGreaterThan 1000
    }

    It '<Line> is refused: <Text>' -ForEach @(
        @{ Line = '$sample | Trace-Gradient $run conv1 -At 4,0,0,0'; Id = 'Setting.Invalid'; Text = "from 0 to 3,2,2,2 for conv1. Received: '4,0,0,0'" }
        @{ Line = '$sample | Trace-Gradient $run relu1'; Id = 'Setting.Invalid'; Text = 'a convolution or a dense layer: conv1, fc1' }
        @{ Line = '$sample | Trace-Gradient $run conv1 -Class grean'; Id = 'Class.NotFound'; Text = 'did you mean green?' }
    ) {
        Assert-OnlyError ([scriptblock]::Create($Line)) $Id $Text -Category $(if ($Id -like '*.NotFound') { 'ObjectNotFound' } else { 'InvalidArgument' })
    }

    It 'completes layers and classes' {
        (Complete 'Trace-Gradient -Network $run -Layer co').CompletionText | Should -Contain 'conv1'
        (Complete 'Trace-Gradient -Network $run -Layer conv1 -Class r').CompletionText | Should -Contain 'red'
    }
}
