BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $path = Join-Path $TestDrive s
    $null = Start-Sweep -SweepPath $path -Parameter @{ X = 1, 2 } { param($p) $p.X }
}

Describe 'Resume-Sweep' -Tag Slow {
    It 'runs in this process what is left, and nothing twice' {
        Remove-Item (Join-Path $path trials 00002) -Recurse
        (Get-Sweep $path).Trials | ForEach-Object { "$($_.Status)" } | Should -BeExactly 'Completed', 'Pending'
        Resume-Sweep $path -WhatIf
        (Get-Sweep $path).Finished | Should -Be 1
        Resume-Sweep $path -AsWorker | Should -BeNullOrEmpty
        (Get-Sweep $path).Trials | ForEach-Object { "$($_.Status) $($_.Objective) $($_.Attempts)" } | Should -BeExactly 'Completed 1 1', 'Completed 2 1'
    }

    It 'says that a folder has no sweep' {
        Assert-OnlyError { Resume-Sweep $TestDrive } 'Sweep.NoFolder' 'Received: none' ObjectNotFound
    }
}
