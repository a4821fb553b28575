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

    It 'becomes a page that holds all numbers up to the layer and loads nothing' {
        $trace = $sample | Trace-Activation $run pool1
        $trace.Network.Layers.Name | Should -BeExactly 'image', 'conv1', 'relu1', 'pool1'
        $trace.Network.NumberCount | Should -Be (3 * 64 + 4 * 64 + 4 * 64 + 4 * 16 + $run.Network.Layers[0].ParameterCount)
        $file = $trace | Export-Figure "$TestDrive/way.html" -PassThru
        $page = Get-Content -Raw $file
        $page | Should -BeLike '*class="cns-way"*'
        $page | Should -Not -Match '(src|href)="(?!data:)'
        $file.Length | Should -BeLessThan 100kb
        $sample | Trace-Activation $run fc1 -Recurse | Export-Figure "$TestDrive/all.html"
        [regex]::Matches((Get-Content -Raw "$TestDrive/all.html"), 'class="cns-way"').Count | Should -Be 1
    }

    It 'says of a large network how many numbers a page would have' {
        $large = New-Network -Spec 'fc5000 fc3' -InputShape 3,8,8
        $sample | Trace-Activation $large fc1 3> $null | Export-Figure "$TestDrive/large.html"
        Get-Content -Raw "$TestDrive/large.html" | Should -BeLike '*would hold 970,192 numbers, and takes at most 500,000*'
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
