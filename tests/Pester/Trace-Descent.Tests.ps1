BeforeAll {
    . "$PSScriptRoot/Common.ps1"
}

Describe 'Trace-Descent' {
    It 'moves the weights against the slope, by the learning rate' {
        $steps = Trace-Descent Bowl -Steps 2 -LearningRate 0.25 -From 4, -2
        $steps.Step | Should -Be 0, 1, 2
        $steps.X | ForEach-Object { [math]::Round($_, 6) } | Should -Be 4, 2, 1
        $steps.Y | ForEach-Object { [math]::Round($_, 6) } | Should -Be -2, -1, -0.5
        $steps[0].Loss | Should -Be 20
        [math]::Round($steps[0].SlopeX, 6) | Should -Be 8
    }

    It 'comes down to a minimum of <Surface> with Adam' -ForEach @(
        @{ Surface = 'Bowl' }, @{ Surface = 'Ravine' }, @{ Surface = 'Saddle' }, @{ Surface = 'Rosenbrock' }, @{ Surface = 'Himmelblau' }
    ) {
        $steps = Trace-Descent $Surface -Optimizer Adam -Steps 1000
        [math]::Abs($steps[-1].SlopeX) + [math]::Abs($steps[-1].SlopeY) | Should -BeLessThan 0.1
        $steps[-1].Loss | Should -BeLessThan $steps[0].Loss
    }

    It 'remembers its direction with momentum' {
        $plain = Trace-Descent Ravine -Steps 40
        $fast = Trace-Descent Ravine -Steps 40 -Momentum 0.8 -LearningRate 0.03
        $fast[0].Optimizer | Should -BeExactly 'SGD, momentum 0.8'
        $fast[-1].Loss | Should -BeLessThan $plain[-1].Loss
    }

    It 'takes a function of one''s own, and several optimizers' {
        $steps = Trace-Descent -Function { param($x, $y) ($x - 1) * ($x - 1) + 2 * $y * $y } -From 3, 1 -Steps 5 -Optimizer SGD, RMSprop
        $steps | Group-Object Optimizer | ForEach-Object Count | Should -Be 6, 6
        $steps[0].Loss | Should -Be 6
        [math]::Round($steps[0].SlopeY, 5) | Should -Be 4
    }

    It 'ends where the loss is no longer a number' {
        $steps = Trace-Descent Rosenbrock -LearningRate 1 -Steps 100
        $steps.Count | Should -BeLessThan 100
        [double]::IsFinite($steps[-1].Loss) | Should -BeFalse
    }

    It 'is drawn on its surface: still, moving, and several paths in one figure' {
        $steps = @(Trace-Descent Ravine -Steps 5; Trace-Descent Ravine -Steps 5 -Momentum 0.8)
        $steps | Export-Figure "$TestDrive/descent.png" -PassThru | Should -HaveCount 1
        $steps | Export-Figure "$TestDrive/descent.webp"
        [System.Text.Encoding]::ASCII.GetString([System.IO.File]::ReadAllBytes("$TestDrive/descent.webp"), 8, 8) | Should -BeExactly 'WEBPVP8X'
        $steps | Export-Figure "$TestDrive/descent.svg"
        "$TestDrive/descent.svg" | Should -FileContentMatch 'momentum 0.8'
    }

    It 'refuses <Line>' -ForEach @(
        @{ Line = 'Trace-Descent -Optimizer Muon'; Text = 'Muon moves matrices' }
        @{ Line = 'Trace-Descent -Function { "no number" }'; Text = 'a script of two numbers that gives a number' }
        @{ Line = 'Trace-Descent Bowl -Function { 1 }'; Text = 'left out where a surface is named' }
    ) {
        Assert-OnlyError ([scriptblock]::Create($Line)) Setting.Invalid $Text
    }
}
