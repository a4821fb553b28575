BeforeAll {
    . "$PSScriptRoot/Common.ps1"
}

Describe 'Find-Template' {
    It 'finds the figure in the crowd' {
        $crowd = New-CrowdPicture -Seed 7
        $match = Find-Template $crowd.Picture $crowd.Template
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
        $matches3 = Find-Template ((1, 2, 3), (4, 5, 9), (7, 8, 9)) ((1, 2), (4, 5)) -Top 3
        $matches3 | ForEach-Object { $_.Rank } | Should -Be 1, 2, 3
        $matches3[0].Score | Should -BeGreaterOrEqual $matches3[1].Score
        Find-Template ((1, 2, 3), (4, 5, 9), (7, 8, 9)) ((1, 2), (4, 5)) -Top 4 -Threshold 0.99 | ForEach-Object { $_.Score | Should -BeGreaterOrEqual 0.99 }
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
