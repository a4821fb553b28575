BeforeAll {
    . "$PSScriptRoot/Common.ps1"
}

Describe 'New-CrowdPicture' {
    It 'has a figure somewhere, and says where' {
        $crowd = New-CrowdPicture -Height 120 -Width 160 -Seed 3
        $crowd.Picture.Height | Should -Be 120
        $crowd.Picture.Width | Should -Be 160
        $crowd.Row | Should -BeLessOrEqual (120 - $crowd.Template.Height)
        $crowd.Column | Should -BeLessOrEqual (160 - $crowd.Template.Width)
    }

    It 'is the same for the same seed' {
        $first = New-CrowdPicture -Height 80 -Width 80 -Seed 3
        $again = New-CrowdPicture -Height 80 -Width 80 -Seed 3
        "$($again.Picture.Pixels)" | Should -BeExactly "$($first.Picture.Pixels)"
        "$((New-CrowdPicture -Height 80 -Width 80 -Seed 4).Picture.Pixels)" | Should -Not -BeExactly "$($first.Picture.Pixels)"
    }

    It 'writes both pictures' {
        $null = New-CrowdPicture -Height 80 -Width 80 -Path "$TestDrive/crowd.png" -TemplatePath "$TestDrive/figure.png"
        "$TestDrive/crowd.png", "$TestDrive/figure.png" | Should -Exist
    }

    It 'writes nothing under -WhatIf' {
        $null = New-CrowdPicture -Height 80 -Width 80 -Path "$TestDrive/never.png" -WhatIf
        "$TestDrive/never.png" | Should -Not -Exist
    }

    It 'refuses a picture that is too small for its figures' {
        Assert-OnlyError { New-CrowdPicture -Height 3 } Setting.Invalid '-Height must be 72 or more. Received: 3'
        Assert-OnlyError { New-CrowdPicture -Width 3 } Setting.Invalid '-Width must be 40 or more. Received: 3'
    }
}
