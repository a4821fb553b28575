BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $images = Import-Dataset (New-TinyData)
    $run = New-TinyRun $images
    $sample = Select-Sample $images -Class red
}

Describe 'Trace-Activation' {
    It 'shows every product of one number, padding too' {
        $trace = $sample | Trace-Activation $run conv1 -At 2, 0, 0
        $trace.Agrees | Should -BeTrue
        @($trace.Contributions | Where-Object IsPadding) | Should -HaveCount 15
    }

    It 'goes back through every layer' {
        $traces = $sample | Trace-Activation $run fc1 -Recurse
        $traces | ForEach-Object { $_.Layer } | Should -BeExactly 'fc1', 'pool1', 'relu1', 'conv1', 'image'
        $traces | ForEach-Object { $_.Agrees | Should -BeTrue }
    }

    It 'adds up' {
        $trace = $sample | Trace-Activation $run fc1
        [System.Math]::Abs(($trace.ChannelSums | ForEach-Object Sum | Measure-Object -Sum).Sum + $trace.Bias - $trace.Activation) | Should -BeLessThan 1e-4
    }

    It '<Line> is refused: <Text>' -ForEach @(
        @{ Line = '$sample | Trace-Activation $run conv1 -At 4,0,0'; Id = 'Setting.Invalid'; Text = "from 0 to 3,7,7 for conv1 (4x8x8). Received: '4,0,0'" }
        @{ Line = '$sample | Trace-Activation $run pol1'; Id = 'Layer.NotFound'; Text = 'did you mean pool1?' }
    ) {
        Assert-OnlyError ([scriptblock]::Create($Line)) $Id $Text -Category $(if ($Id -like '*.NotFound') { 'ObjectNotFound' } else { 'InvalidArgument' })
    }

    It 'completes layers' {
        (Complete 'Trace-Activation -Network $run -Layer co').CompletionText | Should -Contain 'conv1'
    }
}
