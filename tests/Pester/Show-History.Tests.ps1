BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    . "$PSScriptRoot/DisplayRecorder.ps1"
    $images = Import-Dataset (New-TinyData)
    $run = New-TinyRun $images -Epochs 2
}

Describe 'Show-History' {
    It 'tells in words what happened' {
        (Show-History $run 6>&1) -join "`n" | Should -BeLike '*loss*'
    }

    It 'shows the latest run by default' {
        (Show-History -PassThru 6> $null).Title | Should -BeExactly (Show-History $run -PassThru 6> $null).Title
    }

    It 'puts out the chart, which pipes into Export-Figure' {
        $run | Show-History -PassThru 6> $null | Export-Figure "$TestDrive/history.svg"
        "$TestDrive/history.svg" | Should -FileContentMatch '<svg'
    }

    It 'takes the epochs of a run too' {
        $run.History | Show-History -PassThru 6> $null | Should -Not -BeNullOrEmpty
    }

    It 'names runs of one network by what differs' {
        $other = New-Network -Spec 'conv3x3x4 relu pool2 drop0.5 fc3 softmax' -InputShape 3, 8, 8 | Start-Training $images -Epochs 2 -Threads 1
        $plain = New-Network -Spec 'conv3x3x4 relu pool2 fc3 softmax' -InputShape 3, 8, 8 | Start-Training $images -Epochs 2 -Threads 1
        $names = ($other, $plain | Show-History -PassThru 6> $null).Runs.Key
        $names[0] | Should -BeLike 'Network on *, drop0.5'
        $names[1] | Should -BeLike 'Network on *, without drop0.5'
    }

    It 'goes to the display of a notebook' {
        $calls = Start-DisplayRecorder
        try { Show-History $run } finally { Remove-Variable ConvNetDisplay -Scope Global }
        $calls[0].Data.Keys | Sort-Object | Should -BeExactly 'application/vnd.plotly.v1+json', 'image/png', 'text/html', 'text/plain'
    }

    It 'refuses what is no run' {
        Assert-OnlyError { 3 | Show-History } Setting.Invalid "Received: 'Int32'"
    }
}
