BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $images = Import-Dataset (New-TinyData)
    $run = New-TinyRun $images -Epochs 2
}

Describe 'Test-Invariance' {
    It 'has a row for each change and layer' {
        $rows = Test-Invariance $run -Shift (-1..1) -Rotate 90 -Flip
        $output = $rows | Where-Object Layer -eq output
        $output | ForEach-Object { "$($_.Change) $($_.Amount)" } | Should -BeExactly 'Shift -1', 'Shift 0', 'Shift 1', 'Rotate 90', 'Flip 1'
        $output[1].EquivarianceError | Should -Be 0
        $output[1].SameLabel | Should -Be 1
    }

    It 'looks at the layers and as many images as asked for' {
        Test-Invariance $run $images -Flip -Layer conv1 -Count 2 | ForEach-Object { $_.Layer } | Select-Object -Unique | Should -Contain 'conv1'
    }

    It 'moves sequences too: a convolution follows them exactly' {
        $rows = Test-Invariance Conv1D Signals -Shift 4, -8 -Count 3 -Layer conv*, output 3> $null
        $rows | Where-Object Layer -like conv* | ForEach-Object { $_.EquivarianceError | Should -BeLessThan 1e-5; $_.Compared | Should -BeGreaterThan 0.4 }
        ($rows | Where-Object Layer -eq output)[0].EquivarianceError | Should -BeGreaterThan 1e-4
        Assert-OnlyError { Test-Invariance Conv1D Signals -Rotate 90 -Count 3 3> $null } Setting.Invalid 'one dimension'
    }

    It 'changes all frames of a clip alike: a convolution follows exactly' {
        $clips = Import-Dataset MovingShapes | Split-Dataset -PerClass 1
        $net = New-Network -Spec "conv3d3x3x3x4 relu fc$($clips.Classes.Count) softmax" -InputShape 1, 8, 24, 24
        $rows = Test-Invariance $net $clips -Shift 2 -Flip -Count 2 3> $null
        ($rows | Where-Object { $_.Layer -eq 'relu1' -and $_.Change -eq 'Shift' }).EquivarianceError | Should -BeLessThan 1e-5
        ($rows | Where-Object { $_.Layer -eq 'relu1' -and $_.Change -eq 'Flip' }).EquivarianceError | Should -BeGreaterThan 0.01
        ($rows | Where-Object Layer -EQ output).Count | Should -Be 2
    }

    It 'is drawn: curves over several amounts, bars for one' {
        Test-Invariance $run -Shift 1, 2 | Export-Figure "$TestDrive/curves.json"
        Get-Content -Raw "$TestDrive/curves.json" | Should -Match 'pixels to the right'
        Test-Invariance $run -Shift 1 | Export-Figure "$TestDrive/bars.json"
        Get-Content -Raw "$TestDrive/bars.json" | Should -Match '"type":"bar"'
    }

    It 'refuses a dataset of another shape' {
        Assert-OnlyError { Test-Invariance (New-Network CIFAR10) $images -Flip 3> $null } Shape.Mismatch '3x32x32'
    }
}
