BeforeAll {
    . "$PSScriptRoot/Common.ps1"
}

Describe 'Set-Filter' {
    BeforeEach {
        $network = New-Network -Spec 'conv2x2x3 fc2' -InputShape 1,4,4 -Seed 1
    }

    It 'sets the weights of one filter' {
        Set-Filter $network conv1 1 ((1, 2), (3, 4))
        (Get-Filter $network conv1 1).Weights | Should -Be 1, 2, 3, 4
        (Get-Filter $network conv1 0).Weights | Should -Not -Be 1, 2, 3, 4
    }

    It 'sets the bias' {
        Set-Filter $network conv1 2 -Bias 0.5
        (Get-Filter $network conv1 2).Bias | Should -Be 0.5
    }

    It 'puts out the filters that it changed' {
        (Set-Filter $network conv1 0 ((1, 0), (0, 1)) -PassThru).Weights | Should -Be 1, 0, 0, 1
        Set-Filter $network conv1 0 ((1, 0), (0, 1)) | Should -BeNullOrEmpty
    }

    It 'makes a filter of a template in a file' {
        $crowd = New-CrowdPicture -Height 80 -Width 80 -Seed 3 -Path "$TestDrive/crowd.png" -TemplatePath "$TestDrive/figure.png"
        $finder = New-ConvLayer 1 "$($crowd.Template.Height)x$($crowd.Template.Width)" -NoBias | New-Network -InputShape 3,80,80
        Set-Filter $finder conv1 0 "$TestDrive/figure.png"
        [System.Math]::Abs((Get-Filter $finder conv1 0).Mean) | Should -BeLessThan 1e-6
    }

    It 'changes nothing under -WhatIf' {
        $before = "$((Get-Filter $network conv1 0).Weights)"
        Set-Filter $network conv1 0 ((1, 2), (3, 4)) -WhatIf
        "$((Get-Filter $network conv1 0).Weights)" | Should -BeExactly $before
    }

    It 'refuses a value of another shape' {
        Assert-OnlyError { Set-Filter (New-Network LeNet5) conv1 0 (1, 2) } Shape.Mismatch 'Received: 2'
    }
}
