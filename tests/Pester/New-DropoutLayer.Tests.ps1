BeforeAll {
    . "$PSScriptRoot/Common.ps1"
}

Describe 'New-DropoutLayer' {
    It 'drops half by default' {
        "$(New-DropoutLayer)" | Should -BeExactly 'drop0.5'
        (New-DropoutLayer).Rate | Should -Be 0.5
    }

    It 'takes a rate as number or text, in every culture' {
        (New-DropoutLayer 0.25).Rate | Should -Be 0.25
        (New-DropoutLayer '0.25').Rate | Should -Be 0.25
        "$(New-DropoutLayer -Rate 0.25)" | Should -BeExactly 'drop0.25'
    }

    It 'drops whole maps when it is spatial' {
        (New-DropoutLayer 0.2 -Spatial).Spatial | Should -BeTrue
        (New-DropoutLayer 0.2).Spatial | Should -BeFalse
    }

    It 'stands after the layers that come in' {
        "$(New-DenseLayer 8 | New-DropoutLayer 0.1)" | Should -BeExactly 'fc8 drop0.1'
    }

    It 'refuses <_>' -ForEach '1.5', '-0.1', 'NaN' {
        $rate = $_
        Assert-OnlyError { New-DropoutLayer $rate } Setting.Invalid "Received: $rate"
    }
}
