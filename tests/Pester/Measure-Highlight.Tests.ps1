BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $runs = 'concat(picture24 avgpool8 fc4 relu | sound16 avgpool64 fc4 relu) fc2 softmax', 'sound16 avgpool64 fc4 relu fc2 softmax' |
        ForEach-Object { New-Network -Spec $_ -InputShape 1,8,40,32 | Start-Training Matches -Epochs 1 -LearningRate 0.01 -Seed 1 }
}

Describe 'Measure-Highlight' {
    It 'measures each network, beside chance and loudness' {
        $reports = $runs | Measure-Highlight
        $reports.Stream | Should -Be both, sound
        foreach ($report in $reports) {
            $report.Windows | Should -Be 1200
            $report.Floor | Should -Be ($report.Highlights / 1200)
            $report.AveragePrecision | Should -BeGreaterThan 0
            $report.AveragePrecision | Should -BeLessOrEqual 1
            $report.Loudness | Should -BeGreaterThan $report.Floor
            $report.Recall | Should -BeLessOrEqual $report.BestRecall
            $report.Groups.Name | Should -Be home, away, sound, picture, both
            ($report.Groups | Where-Object By -EQ Side | Measure-Object Count -Sum).Sum | Should -Be $report.Highlights
        }
        "$($reports[0])" | Should -Match 'on Matches Test: average precision 0\.\d+ \(chance 0\.2'
    }

    It 'picks as many windows of each match as are asked for' {
        $all = Measure-Highlight $runs[0] -Top 60
        $all.Recall, $all.HomeRecall, $all.AwayRecall, $all.BestRecall | Should -Be 1, 1, 1, 1
        (Measure-Highlight $runs[0] -Top 1).BestRecall | Should -Be (20 / $all.Highlights)
    }

    It 'measures one stream of two' {
        (Measure-Highlight $runs[0] -Stream Picture).Stream | Should -BeExactly picture
    }

    It 'draws the recall of each group' {
        Measure-Highlight $runs[0] | Export-Figure (Join-Path $TestDrive recall.png)
        (Get-Item (Join-Path $TestDrive recall.png)).Length | Should -BeGreaterThan 1000
    }

    It 'needs matches' {
        $plain = Import-Dataset MovingShapes | Split-Dataset -PerClass 2
        Assert-OnlyError { Measure-Highlight $runs[0] $plain } Shape.Mismatch '1x8x40x32'
    }
}
