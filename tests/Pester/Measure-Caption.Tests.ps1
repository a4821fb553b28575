BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $scenes = Import-Dataset Scenes | Split-Dataset -PerClass 40
    $run = New-Network -Spec 'conv3x3x8s4 relu caption16w32t14' -InputShape 3,32,32 |
        Start-Training $scenes -Loss Caption -Epochs 3 -Optimizer Adam -LearningRate 0.01 -Seed 1
}

Describe 'Measure-Caption' {
    It 'measures the network and two baselines on all images and on each group' {
        $report = Measure-Caption $run
        $report.Scores | Should -HaveCount 9
        $report.Scores[0..2].Method | Should -Be network, commonest, nearest
        $report.Scores.Group | Select-Object -Unique | Should -Be all, seen, unseen
        $report.Scores[0].Count | Should -Be $scenes.Test.Count
        $report.FactsRight | Should -Be $report.Scores[0].FactsRight
        foreach ($score in $report.Scores) {
            $score.FactsRight | Should -BeGreaterOrEqual $score.ExactRight
            $score.Bleu1 | Should -BeGreaterOrEqual $score.Bleu4
            $score.Bleu1 | Should -BeLessOrEqual 1
            $score.Cider | Should -BeGreaterOrEqual 0
        }
        "$report" | Should -Match 'on Scenes Test: facts'
    }

    It 'finds that the captions of Train are all true' {
        $nearest = (Measure-Caption $run -Split Train -Beam 1).Scores | Where-Object { $_.Method -eq 'nearest' -and $_.Group -eq 'all' }
        $nearest.ExactRight, $nearest.FactsRight, $nearest.Bleu4 | Should -Be 1, 1, 1 # each is its own nearest picture
    }

    It 'needs captions' {
        $plain = Import-Dataset Shapes | Split-Dataset -PerClass 2
        Assert-OnlyError { Measure-Caption $run $plain } Setting.Invalid 'whose images have captions'
    }
}
