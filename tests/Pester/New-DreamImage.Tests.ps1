BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $images = Import-Dataset (New-TinyData)
    $run = New-TinyRun $images
}

Describe 'New-DreamImage' {
    It 'excites each unit more than the image it started from' {
        $dreams = New-DreamImage $run fc1 red, 0 -Steps 20
        $dreams | ForEach-Object { "$($_.Unit) $($_.Class)" } | Should -BeExactly '2 red', '0 blue'
        $dreams | ForEach-Object { $_.Activation | Should -BeGreaterThan $_.StartActivation }
    }

    It 'makes an image that the network takes for its class' {
        (New-DreamImage $run fc1 green -Steps 40 | ForEach-Object Sample | Get-Prediction $run -Top 1).Class | Should -BeExactly 'green'
    }

    It 'is the same for the same seed' {
        "$((New-DreamImage $run fc1 red -Steps 3 -Seed 2).Sample.Pixels)" | Should -BeExactly "$((New-DreamImage $run fc1 red -Steps 3 -Seed 2).Sample.Pixels)"
    }

    It 'starts from an image that it is given' {
        (New-DreamImage $run fc1 red -Start (Select-Sample $images) -Steps 2).History | Should -HaveCount 2
    }

    It '<Line> is refused: <Text>' -ForEach @(
        @{ Line = 'New-DreamImage $run conv1 red'; Text = "whose units are no classes. Received: 'red'" }
        @{ Line = 'New-DreamImage $run fc1 0 -Steps 0'; Text = '-Steps must be' }
    ) {
        Assert-OnlyError ([scriptblock]::Create($Line)) Setting.Invalid $Text
    }

    It 'completes classes' {
        (Complete 'New-DreamImage -Network $run -Layer fc1 -Unit g').CompletionText | Should -Contain 'green'
    }
}
