BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $images = Import-Dataset (New-TinyData)
    $run = New-TinyNetwork 'conv3x3x4 relu pool2 fc5' |
        Start-Training $images -Loss Contrastive -Epochs 10 -BatchSize 12 -ValidationFraction 0 -Optimizer Adam -LearningRate 0.02
}

Describe 'Find-Match' {
    It 'identifies the images of Test by one of each class' {
        $report = Find-Match $run -PerClass 1
        $report.GalleryImages, $report.GalleryClasses, $report.Probes | Should -Be 3, 3, 9
        $report.Rank1 | Should -BeGreaterThan 0.8
        $report.Rank5 | Should -Be 1
        $report.Matches | Should -HaveCount 9
        ($report | Out-String -Width 100) | Should -Match 'Rank 1'
        ($report.Matches | Out-String -Width 120) | Should -Match 'Similarity'
    }

    It 'takes a gallery and probes, and finds files' {
        $gallery = Select-Sample $images -Split Train -Count 36
        $file = New-TinyImage (Join-Path $TestDrive me.bmp) green -Seed 77
        (Find-Match $run -Gallery $gallery -Probe $file).Matches.Match | Should -BeExactly green
        Assert-OnlyError { Find-Match $run -Gallery $gallery } Setting.Invalid '-Probe must be given too'
        Assert-OnlyError { Find-Match $run -Gallery $file -Probe $file } Setting.Invalid 'images with a class each'
    }

    It 'draws each image beside the gallery image most like it, right ones green and wrong ones red' {
        $report = Find-Match $run -PerClass 1
        $grid = $report.ToRequestedPictures()
        $grid.Pictures | Should -HaveCount 18
        @($grid.Pictures.IsRight -eq $false) | Should -HaveCount @($report.Matches.IsCorrect -eq $false).Count
        $report | Export-Figure "$TestDrive/match.png"
        (Get-Item "$TestDrive/match.png").Length | Should -BeGreaterThan 500
        $gallery = Select-Sample $images -Split Train -Count 3
        (Find-Match $run -Gallery $gallery -Probe $gallery[0]).ToRequestedPictures().Pictures | Should -HaveCount 2
    }

    It 'knows that some are unknown' {
        $report = Find-Match $run -UnknownClass 1 -PerClass 2 -Threshold 1
        $report.GalleryClasses, $report.DetectionRate, $report.FalseMatchRate | Should -Be 2, 0, 0
        $report.Matches.Match | Should -Be (, $null * 8)
        Assert-OnlyError { Find-Match $run -UnknownClass 3 } Setting.Invalid 'UnknownClass must be below the 3 classes'
    }
}
