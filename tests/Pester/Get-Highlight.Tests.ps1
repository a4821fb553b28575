BeforeDiscovery { $noFfmpeg = -not (Get-Command ffmpeg -CommandType Application -ErrorAction Ignore) }

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

    It 'finds the same in the saved dataset, and with the network as an ONNX file' {
        $null = Save-Dataset Matches -Path "$TestDrive/matches" -Format Npz
        $expected = (Get-Highlight $run 2).Start
        (Get-Highlight $run 2 -Dataset "$TestDrive/matches").Start | Should -Be $expected
        $null = $run | Export-Network -Path "$TestDrive/seen.onnx"
        (Get-Highlight (Import-Network "$TestDrive/seen.onnx") 2 -Dataset Matches).Start | Should -Be $expected
    }

    It 'wants a network of streams that was trained, and a match that there is' {
        Assert-OnlyError { Get-Highlight (New-Network TwoStream) -Dataset Matches } Setting.Invalid 'untrained'
        $plain = New-Network -Spec 'conv3d3x3x3x2s4 relu fc2 softmax' -InputShape 1,8,40,32
        Assert-OnlyError { Get-Highlight $plain -Dataset Matches } Setting.Invalid 'a network of streams'
        Assert-OnlyError { Get-Highlight $run 99 } Match.NotFound "Received: '99'" ObjectNotFound
    }
}

Describe 'Get-Highlight with a film' {
    BeforeAll {
        # The first match of Test as a film: its windows, put together again.
        $rows = Get-Highlight $run -Top 60 | Sort-Object Start
        $films = (New-Item -ItemType Directory (Join-Path $TestDrive films)).FullName
        if (Get-Command ffmpeg -CommandType Application -ErrorAction Ignore) {
            [System.IO.File]::WriteAllBytes("$TestDrive/picture", [byte[]]$rows.Film.Picture)
            [System.IO.File]::WriteAllBytes("$TestDrive/sound", [byte[]]$rows.Film.Sound)
            $picture = '-f rawvideo -pix_fmt gray -s 32x24 -r 4 -i'.Split() + "$TestDrive/picture"
            $sound = '-f u8 -ar 2048 -ac 1 -i'.Split() + "$TestDrive/sound"
            $format = '-vf scale=320:240:flags=neighbor -c:v mpeg4 -q:v 2 -c:a aac -ar 16000'.Split()
            ffmpeg -nostdin -v error @picture @sound @format "$films/match [1].mp4"
            ffmpeg -nostdin -v error @picture @format "$films/silent.mkv"
        }
    }

    It 'finds what it finds in the match' -Skip:$noFfmpeg {
        $best = Get-Highlight $run "$films/match [1].mp4"
        $best | Should -HaveCount 10
        @($best.Start | Where-Object { $_ -in (Get-Highlight $run).Start }).Count | Should -BeGreaterOrEqual 8
        $best[0].Match | Should -BeExactly 'match [1].mp4'
        $best[0].Timeline.Windows | Should -HaveCount 60
        $best | Export-Figure "$TestDrive/film.png"
        (Get-Item "$TestDrive/film.png").Length | Should -BeGreaterThan 1000
    }

    It 'takes files, literal paths and wildcards, and networks by pipe' -Tag Slow -Skip:$noFfmpeg {
        $start = (Get-Highlight $run "$films/match [1].mp4" -Top 2).Start
        (Get-ChildItem $films -Filter *.mp4 | Get-Highlight $run -Top 2).Start | Should -Be $start
        (Get-Highlight $run (Get-Item -LiteralPath "$films/match [1].mp4") -Top 2).Start | Should -Be $start
        (Get-Highlight $run -LiteralPath "$films/match [1].mp4" -Top 2).Start | Should -Be $start
        (Get-Highlight $run "$films/m*.mp4" -Top 2).Start | Should -Be $start
        ($run | Get-Highlight "$films/match [1].mp4" -Top 2).Start | Should -Be $start
        (Get-Highlight $run, $run "$films/match [1].mp4" -Top 2).Start | Should -Be ($start + $start)
        (Get-Highlight $run 2, "$films/match [1].mp4" -Top 1).Match | Should -BeExactly 2, 'match [1].mp4'
        (1, 3 | Get-Highlight $run -Top 1).Match | Should -BeExactly 1, 3
    }

    It 'warns where a film has no sound, and is an error where only the sound counts' -Skip:$noFfmpeg {
        $best = Get-Highlight $run "$films/silent.mkv" -Top 3 -WarningVariable warned -WarningAction SilentlyContinue
        $best | Should -HaveCount 3
        "$warned" | Should -BeLike 'silent.mkv has no sound track*'
        $null = Get-Highlight $run "$films/silent.mkv" -Stream Picture -WarningVariable warned
        $warned | Should -BeNullOrEmpty
        Assert-OnlyError { Get-Highlight $run "$films/silent.mkv" -Stream Sound } Data.NoSound 'expected a sound track' InvalidData
    }

    It 'goes on after a file that is no film' -Skip:$noFfmpeg {
        'no film' | Set-Content "$films/not.mp4"
        $best = Get-ChildItem $films | Sort-Object Name | Get-Highlight $run -Top 1 -ErrorVariable failed -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $best.Match | Should -BeExactly 'match [1].mp4', 'silent.mkv'
        $failed.FullyQualifiedErrorId | Should -BeLike 'Data.NotAFilm*'
    }

    It 'says which program is missing, and which file' {
        $path, $env:PATH = $env:PATH, $films
        try {
            $null = New-Item "$films/any.mp4" -Value text -Force
            Assert-OnlyError { Get-Highlight $run "$films/any.mp4" } Ffmpeg.Missing 'apt install ffmpeg' NotInstalled
        }
        finally {
            $env:PATH = $path
            Remove-Item "$films/any.mp4"
        }
        Assert-OnlyError { Get-Highlight $run missing.mp4 } File.NotFound 'missing.mp4' ObjectNotFound
        Assert-OnlyError { Get-Highlight $run missing.mp4 -Dataset Matches } Setting.Invalid 'left out where films are given'
        Assert-OnlyError { Get-Highlight $run final } Match.NotFound "Received: 'final'" ObjectNotFound
    }
}
