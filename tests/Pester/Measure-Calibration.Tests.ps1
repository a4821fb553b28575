BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $images = Import-Dataset (New-TinyData)
    $run = New-TinyRun $images
}

Describe 'Measure-Calibration' {
    It 'compares confidence with accuracy in bins' {
        $calibration = Measure-Calibration $run -Bins 5
        $calibration.Count | Should -Be 12
        $calibration.Accuracy | Should -Be 1
        $calibration.Bins | Should -HaveCount 5
        ($calibration.Bins | Measure-Object Count -Sum).Sum | Should -Be 12
        $calibration.Ece | Should -BeLessThan 0.2
    }

    It 'fits a temperature, which -Temperature and Get-Prediction use' {
        $calibration = Measure-Calibration $run
        $calibration.BestTemperature | Should -BeLessThan 1 # all are right: the more confident the better
        $calibration.BestLoss | Should -BeLessThan $calibration.Loss
        $scaled = Measure-Calibration $run -Temperature $calibration.BestTemperature
        [Math]::Abs($scaled.Loss - $calibration.BestLoss) | Should -BeLessThan 1e-9
        $scaled.Accuracy | Should -Be $calibration.Accuracy
        $sample = Select-Sample $images | Select-Object -First 1
        ($sample | Get-Prediction $run -Top 1 -Temperature 100).Probability | Should -BeLessThan 0.5
        ($calibration | Out-String -Width 80) | Should -Match 'Temperature +: 1; the best is 0\D'
        { Measure-Calibration $run -Temperature 0 } | Should -Throw '*Temperature*'
    }

    It 'takes a run by pipe and another split' {
        ($run | Measure-Calibration -Split Train).Count | Should -Be 36
    }

    It 'refuses a split that is not there' {
        Assert-OnlyError { Measure-Calibration $run -Split Validation } Setting.Invalid '-Split must be one that'
    }
}
