BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $run = New-Network -Spec 'concat(picture24 avgpool8 fc4 relu | sound16 avgpool64 fc4 relu) fc2 softmax' -InputShape 1,8,40,32 |
        Start-Training Matches -Epochs 1 -LearningRate 0.01 -Seed 1
}

Describe 'Get-Highlight' {
    It 'returns the surest windows of a match, the first by itself' {
        $rows = Get-Highlight $run
        $rows | Should -HaveCount 10
        ($rows | ForEach-Object Rank) | Should -Be (1..10) # an array has a Rank of its own
        $rows[0].Match | Should -BeExactly 1
        $rows[0].Score | Should -BeGreaterOrEqual $rows[9].Score
        $rows | ForEach-Object { $_.End - $_.Start | Should -Be 2 }
        $rows[0].Attributes.Keys | Should -Contain ShownIn
        "$($rows[0])" | Should -Match '^1\. \d+ to \d+ s: '
    }

    It 'takes a match as the next argument, and by pipe the network' {
        $rows = Get-Highlight $run 3 -Top 2
        $rows | Should -HaveCount 2
        $rows.Match | Should -BeExactly 3, 3
        ($run | Get-Highlight -Match 3 -Top 2).Start | Should -Be $rows.Start
        ($run | Get-Highlight 3 -Top 2).Start | Should -Be $rows.Start
        (Get-Highlight $run 3 -Top 1 -Split Train).Match | Should -BeExactly 3
        (Get-Highlight $run 3 -Top 1000) | Should -HaveCount 60
    }

    It 'lets one stream decide' {
        $both = (Get-Highlight $run -Top 60 | Sort-Object Start).Score
        $picture = (Get-Highlight $run -Top 60 -Stream Picture | Sort-Object Start).Score
        ($picture -join ' ') | Should -Not -Be ($both -join ' ')
    }

    It 'draws a contact sheet and a timeline' {
        $rows = Get-Highlight $run -Top 3
        $rows[0].ToPictures().Pictures[0].Caption | Should -Match '^1\. \d+ to \d+ s, '
        $rows | Export-Figure (Join-Path $TestDrive sheet.png)
        $rows[0].Timeline | Export-Figure (Join-Path $TestDrive timeline.png)
        foreach ($name in 'sheet.png', 'timeline.png') { (Get-Item (Join-Path $TestDrive $name)).Length | Should -BeGreaterThan 1000 }
        $chart = $rows[0].Timeline.ToChart()
        $chart.Panels.Title | Should -Be score, evidence
        $chart.Panels[0].Series[1].Y | Should -HaveCount 3
    }

    It 'finds the same after the network was saved' {
        $path = Join-Path $TestDrive seen.cnsh
        $null = $run | Export-Network -Path $path
        (Get-Highlight (Import-Network $path) -Dataset Matches).Start | Should -Be (Get-Highlight $run).Start
    }

    It 'wants a network of streams that was trained, and a match that there is' {
        Assert-OnlyError { Get-Highlight (New-Network TwoStream) -Dataset Matches } Setting.Invalid 'untrained'
        $plain = New-Network -Spec 'conv3d3x3x3x2s4 relu fc2 softmax' -InputShape 1,8,40,32
        Assert-OnlyError { Get-Highlight $plain -Dataset Matches } Setting.Invalid 'a network of streams'
        Assert-OnlyError { Get-Highlight $run 99 } Match.NotFound "Received: '99'" ObjectNotFound
    }
}
