BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    . "$PSScriptRoot/DisplayRecorder.ps1"
}

Describe 'Out-Display in a notebook' {
    BeforeEach {
        $calls = Start-DisplayRecorder
    }

    AfterEach {
        Remove-Variable ConvNetDisplay -Scope Global
    }

    It 'shows objects as their pictures' {
        New-Network LeNet5 | Out-Display
        $calls[0].Data.Keys | Should -Contain 'image/png'
    }

    It 'shows text, HTML and any other kind' {
        'words' | Out-Display
        '<b>done</b>' | Out-Display -Html
        '<svg/>' | Out-Display -Mime image/svg+xml
        $calls[0].Data['text/plain'].Trim() | Should -BeExactly 'words'
        $calls[1].Data['text/html'] | Should -BeExactly '<b>done</b>'
        $calls[2].Data['image/svg+xml'] | Should -BeExactly '<svg/>'
    }

    It 'changes what it has shown' {
        $id = 'epoch 0' | Out-Display -PassThru
        'epoch 1' | Out-Display -Id $id
        $calls[1].Id | Should -BeExactly $id
        $calls[1].Data['text/plain'].Trim() | Should -BeExactly 'epoch 1'
    }
}

Describe 'Out-Display' {
    It 'does not bind what is no MIME type' {
        (Get-OnlyError { 'x' | Out-Display -Mime nothing }).FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentValidationError,*'
    }
}
