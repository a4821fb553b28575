BeforeAll {
    . "$PSScriptRoot/Common.ps1"
}

Describe 'Invoke-Activation' {
    It 'makes probabilities of the scores of classes' {
        $rows = Invoke-Activation -0.62, 8.12, 2.53 Softmax
        ($rows.Output | Measure-Object -Sum).Sum | Should -BeGreaterThan 0.999999999999
        [Math]::Round($rows[1].Output, 6) | Should -Be ([Math]::Round(1 / (1 + [Math]::Exp(-8.74) + [Math]::Exp(-5.59)), 6))
        [Math]::Abs($rows[0].Loss + [Math]::Log($rows[0].Output)) | Should -BeLessThan 1e-12
        [Math]::Abs($rows[1].Slope - $rows[1].Output * (1 - $rows[1].Output)) | Should -BeLessThan 1e-12
    }

    It 'collects the numbers of the pipeline' {
        -0.62, 8.12, 2.53 | Invoke-Activation -Function Softmax | ForEach-Object Index | Should -Be 0, 1, 2
        @() | Invoke-Activation -Function ReLU | Should -BeNullOrEmpty
    }

    It '<Function> of <X> is <Y>, its slope <Slope>' -ForEach @(
        @{ Function = 'ReLU'; X = -2; Y = 0; Slope = 0 }
        @{ Function = 'ReLU'; X = 3; Y = 3; Slope = 1 }
        @{ Function = 'LeakyReLU'; X = -2; Y = -0.02; Slope = 0.01 }
        @{ Function = 'Sigmoid'; X = 0; Y = 0.5; Slope = 0.25 }
        @{ Function = 'Tanh'; X = 0; Y = 0; Slope = 1 }
        @{ Function = 'GELU'; X = 0; Y = 0; Slope = 0.5 }
    ) {
        $row = Invoke-Activation $X $Function
        [Math]::Abs($row.Output - $Y) | Should -BeLessThan 1e-7
        [Math]::Abs($row.Slope - $Slope) | Should -BeLessThan 1e-7
        $row.Loss | Should -BeNullOrEmpty
    }

    It 'and activation layers are drawn' {
        -2, 0, 3 | Invoke-Activation -Function ReLU | Export-Figure "$TestDrive/relu.svg"
        "$TestDrive/relu.svg" | Should -FileContentMatch '<svg'
        Invoke-Activation -0.62, 8.12, 2.53 Softmax | Export-Figure "$TestDrive/softmax.json"
        Get-Content -Raw "$TestDrive/softmax.json" | Should -Match '8\.12'
        New-ActivationLayer GELU | Export-Figure "$TestDrive/gelu.png" -PassThru | Should -HaveCount 1
    }

    It 'refuses what is no number and no function' {
        { Invoke-Activation -InputObject dog -Function ReLU } | Should -Throw '*InputObject*'
        { Invoke-Activation 1 Swosh } | Should -Throw '*Swosh*'
    }
}
