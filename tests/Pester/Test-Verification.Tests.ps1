BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $images = Import-Dataset (New-TinyData)
    $run = New-TinyNetwork 'conv3x3x4 relu pool2 fc5' |
        Start-Training $images -Loss ArcFace -Epochs 10 -BatchSize 12 -ValidationFraction 0.2 -Optimizer Adam -LearningRate 0.02
}

Describe 'Test-Verification' {
    It 'says how well pairs of Test are recognized' {
        $report = Test-Verification $run
        $report.SamePairs, $report.DifferentPairs | Should -Be 18, 48
        $report.Auc | Should -BeGreaterThan 0.95
        $report.EqualErrorRate | Should -BeLessThan 0.1
        $report.TrueAcceptRate | Should -BeGreaterThan 0.8
        $report.AucLow | Should -BeLessOrEqual $report.Auc
        $report.ThresholdFrom | Should -BeExactly Validation
        ($report | Out-String -Width 120) | Should -Match 'Equal error rate'
        $report.Roc[0].FalseAcceptRate | Should -Be 0
        ($report.Bins | Measure-Object Same -Sum).Sum | Should -BeGreaterThan 0.9999
    }

    It 'draws the same pairs with the same seed, as many as it is asked for' {
        $few = Test-Verification $run -Count 20 -Seed 3
        $few.SamePairs, $few.DifferentPairs | Should -Be 10, 10
        (Test-Verification $run -Count 20 -Seed 3).Auc | Should -Be $few.Auc
    }

    It 'groups by a property or a script' {
        $report = Test-Verification $run -By { if ($_.Index % 2) { 'odd' } else { 'even' } }
        $report.Groups.Group | Should -Be even, odd
        $report.Groups[0].Classes | Should -Be 3
        $report.FalseAcceptGapPValue | Should -BeGreaterThan 0
        Assert-OnlyError { Test-Verification $run -By Skin } Property.NotFound 'Skin' -Category ObjectNotFound
    }

    It 'takes own pairs: samples or files' {
        $samples = Select-Sample $images -Count 12
        $pairs = 0, 4, 8 | ForEach-Object {
            [pscustomobject]@{ First = $samples[$_]; Second = $samples[$_ + 1]; Same = $true }
            [pscustomobject]@{ First = $samples[$_]; Second = $samples[($_ + 4) % 12].File; Same = 0 }
        }
        $report = Test-Verification $run -Pair $pairs
        $report.SamePairs, $report.DifferentPairs | Should -Be 3, 3
        $report.Auc | Should -BeGreaterThan 0.9
        Assert-OnlyError { Test-Verification $run -Pair @{ First = 1 } } Setting.Invalid '-Pair must be objects with First'
        Assert-OnlyError { Test-Verification $run -Pair $pairs[0] } Setting.Invalid 'of both kinds'
    }

    It 'takes a threshold' {
        $report = Test-Verification $run -Threshold 1
        $report.FalseAcceptRate, $report.ThresholdFrom | Should -Be 0, given
    }

    It 'is drawn' {
        $file = Join-Path $TestDrive roc.png
        Test-Verification $run | Export-Figure $file
        (Get-Item $file).Length | Should -BeGreaterThan 5000
    }
}
