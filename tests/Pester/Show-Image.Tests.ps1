BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $images = Import-Dataset (New-TinyData -Train 4)
    $network = New-TinyNetwork
}

Describe 'Show-Image' {
    It 'shows samples, filters and files' {
        (Select-Sample $images | Show-Image 6>&1) -join "`n" | Should -BeLike '*blue*'
        (Get-Filter $network conv1 | Show-Image 6>&1) -join "`n" | Should -BeLike '*conv1: 4 pictures*'
        (Show-Image "$($images.Source)/test/red/*" -PassThru 6> $null).Pictures | Should -HaveCount 4
    }

    It 'puts all of them in one grid, with title and columns' {
        $grid = Select-Sample $images -Count 6 | Show-Image -Title 'six' -Columns 3 -PassThru 6> $null
        $grid | Should -HaveCount 1
        $grid.Pictures | Should -HaveCount 6
        $grid.Title | Should -BeExactly 'six'
        $grid.Columns | Should -Be 3
    }

    It 'pages what is too much for one page' {
        $many = New-Network -Spec 'conv1x1x1000 fc2' -InputShape 2,2,2
        (Get-Filter $many conv1 | Show-Image -Page 2 6>&1) -join '' | Should -BeLike '*Page 2 of 3: 400 of 1,000 pictures.*'
    }

    It 'counts weights that are no numbers' {
        $broken = New-Network -Spec 'conv2x2x3 fc2' -InputShape 1,4,4
        Set-Filter $broken conv1 0 ((1, 2), (3, [double]::NaN))
        (Get-Filter $broken conv1 | Show-Image 6>&1) -join '' | Should -BeLike '*1 value is no finite number*'
    }

    It 'refuses what has no picture, and goes on' {
        Assert-OnlyError { Show-Image 3 } Setting.Invalid "Received: 'Int32'"
        $grid = 3, (Select-Sample $images) | Show-Image -PassThru -ErrorAction SilentlyContinue -ErrorVariable failed 6> $null
        $grid.Pictures | Should -HaveCount 1
        $failed | Should -HaveCount 1
    }
}
