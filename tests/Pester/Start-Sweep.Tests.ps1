BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $images = Import-Dataset (New-TinyData)
    $net = New-TinyNetwork fc3
    $grid = @{ LearningRate = 0.01, 0.02 }
}

Describe 'Start-Sweep' {
    It 'trains a network with every setting, and Get-Sweep and Resume-Sweep know the trials' -Tag Slow {
        $path = Join-Path $TestDrive grid
        $sweep = $net | Start-Sweep -Dataset $images -Parameter $grid -Method Grid -Epochs 1 -SweepPath $path -ThrottleLimit 2 -Setting @{ BatchSize = 6 }
        $sweep.Trials | ForEach-Object { "$($_.Status) $($_.Parameters.LearningRate)" } | Should -BeExactly 'Completed 0.01', 'Completed 0.02'
        $sweep.Trials | ForEach-Object { $_.Run.Settings.BatchSize } | Should -Be 6, 6
        $sweep.Trials[0].Run.DatasetName | Should -Be $images.Name
        $best = ($sweep.Trials | Sort-Object Objective -Descending)[0].Objective
        (Get-Sweep $path).Best.Objective | Should -Be $best
        (Resume-Sweep $path).Trials | ForEach-Object { $_.Attempts } | Should -Be 1, 1
        (Get-Sweep $path).Best.Run | Measure-Accuracy | Should -HaveCount 1
    }

    It 'runs a script with its parameters, variables of the session and its failures' -Tag Slow {
        $path = Join-Path $TestDrive script
        $offset = 10
        $sweep = Start-Sweep -SweepPath $path -Parameter @{ X = 1, 2, 3, 4 } {
            param($p)
            if ($p.X -eq 2) { throw 'two is bad' }
            if ($p.X -eq 3) { return }
            $p.X + $using:offset
        }
        $sweep.Trials | ForEach-Object { "$($_.Status)" } | Should -BeExactly 'Completed', 'Failed', 'Failed', 'Completed'
        $sweep.Best.Objective | Should -Be 14
        $sweep.Trials[1].Error | Should -BeLike '*two is bad*'
        $sweep.Trials[2].Error | Should -BeLike '*one run of Start-Training, or one number. Received: nothing.*'
    }

    It 'lists what would run' {
        $path = Join-Path $TestDrive whatif
        $net | Start-Sweep -Dataset $images -Parameter $grid -SweepPath $path -WhatIf
        Test-Path $path | Should -BeFalse
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'an empty list'; Line = '$net | Start-Sweep -SweepPath x -Parameter @{ LearningRate = @() }'; Id = 'Setting.Invalid'; Text = 'an empty list' }
        @{ Name = 'an unknown setting'; Line = '$net | Start-Sweep -SweepPath x -Parameter @{ LearningRat = 1 }'; Id = 'Parameter.NotFound'; Text = 'LearningRate' }
        @{ Name = 'an unknown objective'; Line = '$net | Start-Sweep -SweepPath x -Parameter $grid -Objective Beauty'; Id = 'Objective.NotFound'; Text = 'ValidationLoss' }
        @{ Name = 'random search without a number'; Line = '$net | Start-Sweep -SweepPath x -Parameter $grid -Method Random'; Id = 'Setting.Invalid'; Text = '-Trials' }
        @{ Name = 'neither a network nor a script'; Line = 'Start-Sweep -SweepPath x -Parameter $grid'; Id = 'Setting.Invalid'; Text = '-ScriptBlock' }
        @{ Name = 'no worker'; Line = '$net | Start-Sweep -SweepPath x -Parameter $grid -ThrottleLimit 0'; Id = 'Setting.Invalid'; Text = '-ThrottleLimit' }
    ) {
        Push-Location $TestDrive
        try {
            $found = Get-OnlyError ([scriptblock]::Create($Line))
            $found.FullyQualifiedErrorId | Should -BeLikeExactly "$Id,*StartSweepCommand"
            $found.Exception.Message.Contains($Text) | Should -BeTrue -Because $found.Exception.Message
            Test-Path x | Should -BeFalse
        }
        finally { Pop-Location }
    }
}
