BeforeAll {
    . "$PSScriptRoot/Common.ps1"
}

Describe 'Find-Template' {
    It 'finds the figure in the crowd' {
        $crowd = New-CrowdPicture -Height 90 -Width 90 -Seed 7
        $match = Find-Template $crowd.Picture $crowd.Template
        $match.Searched.Height | Should -Be $crowd.Picture.Height # drawn with a frame round the match
        $match.Row | Should -Be $crowd.Row
        $match.Column | Should -Be $crowd.Column
        $match.Score | Should -BeGreaterThan 0.9
        $match.Rank | Should -Be 1
    }

    It 'finds it in files too' {
        $crowd = New-CrowdPicture -Height 120 -Width 160 -Seed 3 -Path "$TestDrive/crowd.png" -TemplatePath "$TestDrive/figure.png"
        $match = Find-Template "$TestDrive/crowd.png" -Template "$TestDrive/figure.png"
        "$($match.Row) $($match.Column)" | Should -BeExactly "$($crowd.Row) $($crowd.Column)"
    }

    It 'gives the best matches first' {
        $picture = (1, 2, 0, 0, 1, 2), (4, 5, 0, 0, 4, 6), (0, 0, 0, 0, 0, 0)
        $best = Find-Template $picture ((1, 2), (4, 5)) -Top 2
        $best | ForEach-Object { $_.Rank } | Should -Be 1, 2
        $best | ForEach-Object { $_.Column } | Should -Be 0, 4
        $best[0].Score | Should -BeGreaterThan $best[1].Score
        @(Find-Template $picture ((1, 2), (4, 5)) -Top 2 -Threshold 0.999) | Should -HaveCount 1
    }

    It 'frames several matches in one picture, with their ranks' {
        $crowd = New-CrowdPicture -Height 90 -Width 90 -Seed 7
        $grid = Find-Template $crowd.Picture $crowd.Template -Top 3 | Show-Image -PassThru
        $grid.Pictures | Should -HaveCount 2
        $grid.Pictures[0].Marks | Should -HaveCount 3
        $grid.Pictures[0].MarkNames | Should -BeExactly '1', '2', '3'
    }

    It 'compares plain sums where that is wanted' {
        (Find-Template ((1, 2), (3, 4)) -Template ((1, 1), (1, 1)) -Plain).Score | Should -Be 10
    }

    It '<Line> is refused: <Text>' -ForEach @(
        @{ Line = 'Find-Template ((1,2),(3,4)) -Template ((1,2,3),(3,4,5),(5,6,7))'; Id = 'Shape.Mismatch'; Text = "at most the picture's size of 2x2. Received: 3x3" }
        @{ Line = 'Find-Template ((1,2),(3,4)) -Template ((1,1),(1,1))'; Id = 'Setting.Invalid'; Text = '-Plain' }
    ) {
        Assert-OnlyError ([scriptblock]::Create($Line)) $Id $Text
    }
}
