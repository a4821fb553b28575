BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $images = Import-Dataset (New-TinyData)
    $run = New-TinyRun $images
    $report = $run | Measure-Accuracy
    $untrained = New-TinyNetwork 'fc3'
}

Describe 'Measure-Accuracy' {
    It 'measures the test split and gives fractions' {
        $report.Split | Should -BeExactly 'Test'
        $report.Top1 | Should -Be 1
        $report.Top3 | Should -Be 1
    }

    It 'counts every image once' {
        $report.Count | Should -Be 12
        ($report.PerClass | Measure-Object Support -Sum).Sum | Should -Be 12
    }

    It 'has each class, in order' {
        $report.PerClass.Class | Should -BeExactly 'blue', 'green', 'red'
        $report.PerClass | ForEach-Object { $_.F1 } | Should -Be 1, 1, 1
    }

    It 'counts classes too' {
        $report.Top5, $report.MacroF1, $report.WeightedF1, $report.BalancedAccuracy, $report.Matthews, $report.Kappa | Should -Be (@(1) * 6)
        $report.PerClass[0].Low | Should -BeGreaterThan 0.5
        (Measure-Accuracy $run -Top 2, 9).Top | ForEach-Object { "$($_.Count) $($_.Accuracy)" } | Should -Be '2 1', '9 1'
    }

    It 'has the areas under the curves of each class' {
        $report.RocAuc, $report.AveragePrecision, $report.NonFinite | Should -Be 1, 1, 0
        $report.PerClass.RocAuc | Should -Be 1, 1, 1
        ($report | Format-List | Out-String -Width 80) | Should -Match 'ROC-AUC, mAP +: 100.0 %, 100.0 %'
        ($report.PerClass | Out-String -Width 80) | Should -Match 'AUC +AP +Support'
    }

    It 'averages the outputs over views of each image' {
        (Measure-Accuracy $run -TestAugment MirrorShift).TestAugment | Should -BeExactly 'MirrorShift'
        $report.TestAugment | Should -BeExactly 'None'
        { New-Network -Spec 'rnn4 fc6' -InputShape 1,64 | Measure-Accuracy -Dataset Signals -TestAugment Mirror -ErrorAction Stop -WarningAction Ignore } |
            Should -Throw '*-TestAugment must be None*'
    }

    It 'gives an interval round its estimate' {
        $report.Low | Should -BeGreaterThan 0.7
        $report.Low | Should -BeLessThan 1
        $report.High | Should -BeLessOrEqual 1
    }

    It 'measures another split or another dataset' {
        (Measure-Accuracy $run -Split Train).Count | Should -Be 36
        (Measure-Accuracy $run.Network -Dataset $images).Count | Should -Be 12
        (Measure-Accuracy $run -Dataset $images.Source).Count | Should -Be 12
    }

    It 'knows which run trained a network' {
        ($run.Network | Measure-Accuracy).Count | Should -Be 12
    }

    It '<Line> is refused: <Text>' -ForEach @(
        @{ Line = 'Measure-Accuracy $untrained 3> $null'; Id = 'Setting.Invalid'; Text = '-Dataset must be given' }
        @{ Line = 'Measure-Accuracy $untrained -Dataset $images -Split Validation'; Id = 'Setting.Invalid'; Text = "Test. Received: 'Validation'" }
        @{ Line = 'Measure-Accuracy $untrained -Dataset $images -Device tpu'; Id = 'Setting.Invalid'; Text = "Received: 'tpu'" }
        @{ Line = 'New-Network LeNet5 | Measure-Accuracy -Dataset $images'; Id = 'Shape.Mismatch'; Text = 'expected 1x28x28. Received: 3x8x8' }
    ) {
        Assert-OnlyError ([scriptblock]::Create($Line)) $Id $Text
    }

    It 'does not bind nothing' {
        (Get-OnlyError { Measure-Accuracy $null }).CategoryInfo.Category | Should -BeIn 'InvalidData', 'InvalidArgument'
    }

    It 'completes datasets, devices and splits' {
        (Complete 'Measure-Accuracy $run -Dataset Sh').CompletionText | Should -Contain 'Shapes'
        (Complete 'Measure-Accuracy -Device ').CompletionText | Should -BeExactly 'auto', 'cpu', 'cuda', 'mps'
        (Complete 'Measure-Accuracy $run -Split V').CompletionText | Should -BeExactly 'Validation'
    }

    It 'measures groups of images, by a property or a script' {
        $report = Measure-Accuracy $run -By Class
        $report.Groups.Group | Sort-Object | Should -Be blue, green, red
        ($report.Groups | Measure-Object Count -Sum).Sum | Should -Be $report.Count
        $report.PValue | Should -BeGreaterThan 0
        ($report | Out-String -Width 100) | Should -Match 'Gap'
        (Measure-Accuracy $run -By { $_.Index -lt 2 }).Groups.Group | Should -Be False, True
        $even = (Measure-Accuracy $run -By { $_.Index % 2 } -Positive red)
        $even.Positive | Should -BeExactly red
        foreach ($group in $even.Groups) {
            $group.FalseRejectLow | Should -BeLessOrEqual $group.FalseRejectRate
            $group.FalseAcceptHigh | Should -BeGreaterOrEqual $group.FalseAcceptRate
        }
        ($even | Out-String -Width 100) | Should -Match 'False accepts'
        ($even.Groups | Out-String -Width 100) | Should -Match 'FalseAccept +FalseReject'
        $even | Export-Figure "$TestDrive/groups.html"
        Get-Content -Raw "$TestDrive/groups.html" | Should -Match 'arrayminus'
        Assert-OnlyError { Measure-Accuracy $run -By Class -Positive rad } Class.NotFound 'did you mean red?' -Category ObjectNotFound
        Assert-OnlyError { Measure-Accuracy $run -Positive red } Setting.Invalid 'left out without -By'
        Assert-OnlyError { Measure-Accuracy $run -By Skin } Property.NotFound 'Skin' -Category ObjectNotFound
    }
}
