BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    . "$PSScriptRoot/DisplayRecorder.ps1"
    $images = Import-Dataset (New-TinyData)
    $path = Join-Path $TestDrive s
    $sweep = New-TinyNetwork fc3 | Start-Sweep -Dataset $images -SweepPath $path -Epochs 2 -Setting @{ BatchSize = 6 } -Parameter @{
        LearningRate = 0.005, 0.01, 0.02
        Optimizer = 'SGD', 'Adam'
    }
}

Describe 'Show-Sweep' -Tag Slow {
    It 'draws <_>' -ForEach 'History', 'Parallel', 'Importance', 'Slice', 'Contour', 'Intermediate' {
        (Show-Sweep $path -Plot $_ 6>&1) -join "`n" | Should -BeLike '*6 of 6 trials*'
        $chart = $sweep | Show-Sweep -Plot $_ -PassThru
        $chart.Trials.Count | Should -Be 6
        $chart | Export-Figure "$TestDrive/$_.svg"
        "$TestDrive/$_.svg" | Should -FileContentMatch '<svg'
    }

    It 'has the numbers of the chart' {
        (Show-Sweep $path Intermediate -PassThru).Trials[0].Curve.Count | Should -Be 2
        $importance = (Show-Sweep $path Importance -PassThru).Importance
        $importance.Parameter | Sort-Object | Should -BeExactly 'LearningRate', 'Optimizer'
        ($importance.Importance | Measure-Object -Sum).Sum | Should -BeLessOrEqual 1
        (Show-Sweep $path Slice -Parameter optimizer -PassThru).Parameters.Name | Should -BeExactly 'Optimizer'
    }

    It 'is interactive in a notebook, where Start-Sweep -Show is live' {
        $calls = Start-DisplayRecorder
        try {
            Show-Sweep $path
            $null = Start-Sweep -SweepPath (Join-Path $TestDrive live) -Parameter @{ X = 1, 2, 3 } { param($p) $p.X } -Show
        }
        finally { Remove-Variable ConvNetDisplay -Scope Global }
        $calls[0].Data.Keys | Sort-Object | Should -BeExactly 'application/vnd.plotly.v1+json', 'image/png', 'text/html', 'text/plain'
        $calls[1].Data['text/plain'] | Should -BeLike '*of 3 trials*'
        $calls[-1].Data['text/plain'] | Should -BeLike '*3 of 3 trials*best is trial 3*'
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'an unknown chart'; Line = 'Show-Sweep $path -Plot Pie'; Id = 'CannotConvertArgumentNoMessage'; Text = 'Contour' }
        @{ Name = 'what is no sweep'; Line = '3 | Show-Sweep'; Id = 'Setting.Invalid'; Text = 'Int32' }
        @{ Name = 'a folder without one'; Line = 'Show-Sweep $TestDrive'; Id = 'Sweep.NoFolder'; Text = 'Received: none' }
        @{ Name = 'an unknown parameter'; Line = 'Show-Sweep $path -Parameter Rat'; Id = 'Parameter.NotFound'; Text = 'LearningRate' }
        @{ Name = 'a contour of one parameter'; Line = 'Show-Sweep $path -Plot Contour -Parameter Optimizer'; Id = 'Setting.Invalid'; Text = 'two parameters' }
    ) {
        $found = Get-OnlyError ([scriptblock]::Create($Line))
        $found.FullyQualifiedErrorId | Should -BeLikeExactly "$Id,*ShowSweepCommand"
        $found.Exception.Message.Contains($Text) | Should -BeTrue -Because $found.Exception.Message
    }
}
