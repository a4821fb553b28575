BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $images = Import-Dataset (New-TinyData)
    $run = New-TinyNetwork 'conv3x3x4 relu pool2 fc5' |
        Start-Training $images -Loss Triplet -Epochs 4 -BatchSize 12 -ValidationFraction 0 -Optimizer Adam -LearningRate 0.02
    $classifier = New-TinyRun $images
}

Describe 'Get-Embedding' {
    It 'returns a vector of length 1 for each image of Test' {
        $rows = Get-Embedding $run
        $rows | Should -HaveCount 12
        $rows[0].Vector | Should -HaveCount 5
        [Math]::Abs(($rows[3].Vector | ForEach-Object { $_ * $_ } | Measure-Object -Sum).Sum - 1) | Should -BeLessThan 1e-5
        $rows[0].Class | Should -BeExactly blue
        $rows[0].Similarity($rows[1]) | Should -BeGreaterThan $rows[0].Similarity($rows[-1])
    }

    It 'takes another dataset, another split and a run by pipe' {
        Get-Embedding $run $images -Split Train | Should -HaveCount 36
        $run | Get-Embedding -Split Train | Should -HaveCount 36
    }

    It 'takes samples and files by pipe' {
        $rows = Select-Sample $images -Count 2 | Get-Embedding $run
        $rows | Should -HaveCount 2
        $rows[0].Similarity((Get-Embedding $run)[0]) | Should -BeGreaterThan 0.99999
        (Get-ChildItem (New-TinyImage (Join-Path $TestDrive one.bmp)) | Get-Embedding $run).Class | Should -BeNullOrEmpty
    }

    It 'gives what goes into the last layer of a classifier' {
        (Get-Embedding $classifier)[0].Vector | Should -HaveCount 4 # four maps, each averaged
    }

    It 'needs data for a network without a run' {
        Assert-OnlyError { Get-Embedding (New-TinyNetwork) } Setting.Invalid '-Dataset must be given'
    }
}
