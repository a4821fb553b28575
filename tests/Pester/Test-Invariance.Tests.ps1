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

    It 'refuses a dataset of another shape' {
        Assert-OnlyError { Test-Invariance (New-Network CIFAR10) $images -Flip 3> $null } Shape.Mismatch '3x32x32'
    }
}
