BeforeAll {
    . "$PSScriptRoot/Common.ps1"
}

Describe 'Show-Button without a notebook' {
    It 'runs nothing, and says so' {
        $script:ran = $false
        Show-Button Go { $script:ran = $true } -WarningVariable warned -WarningAction SilentlyContinue | Should -BeNullOrEmpty

        $script:ran | Should -BeFalse
        $warned | Should -BeLike "*the button 'Go'*has not run."
    }

    It 'needs a text' {
        (Get-OnlyError { Show-Button '' { 1 } }).FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentValidationError*'
    }
}
