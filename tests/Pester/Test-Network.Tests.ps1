BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $data = Import-Dataset (New-TinyData -Train 2 -Test 1)
}

Describe 'Test-Network' {
    It 'finds no error in <_>' -ForEach 'CIFAR10', 'LeNet5', 'MLP' {
        Test-Network -Preset $_ | Where-Object Severity -eq Error | Should -BeNullOrEmpty
        New-Network $_ | Test-Network | Where-Object Severity -eq Error | Should -BeNullOrEmpty
    }

    It '<Script> finds <Codes>' -ForEach @(
        @{ Script = { Test-Network -Spec 'conv9x9x4p0 fc3' -InputShape 3,8,8 }; Codes = @('Layer.KernelTooLarge') }
        @{ Script = { Test-Network -Spec 'conv3x3x4p0 relu pool2 pool2 pool2 fc3' -InputShape 3,8,8 }; Codes = @('Layer.KernelTooLarge') }
        @{ Script = { New-DenseLayer 3 -Inputs 7 | Test-Network -InputShape 3,8,8 }; Codes = @('Layer.WrongInput') }
        @{ Script = { Test-Network -Spec 'conv3x3x4 bn relu fc3' -InputShape 3,8,8 }; Codes = @('Bias.BeforeNorm') }
        @{ Script = { Test-Network -Spec 'conv3x3x4s2p0 relu fc3 softmax' -InputShape 3,8,8 }; Codes = 'Window.DropsPixels', 'Softmax.Handled' }
        @{ Script = { New-Network LeNet5 | Test-Network -Dataset $data }; Codes = 'Input.Shape', 'Output.Classes' }
    ) {
        $issues = @(& $Script)
        $Codes | Should -BeIn $issues.Code
        $issues.Message | Should -Not -BeNullOrEmpty
        $issues | ForEach-Object { $_.Fix | Should -Not -BeNullOrEmpty }
    }

    It 'finds what a network and its dataset have against each other before a run' {
        New-TinyNetwork | Test-Network -Dataset $data | Where-Object Severity -eq Error | Should -BeNullOrEmpty
    }

    It 'refuses a preset that is none' {
        Assert-OnlyError { Test-Network -Preset NoSuch } Preset.NotFound "Received: 'NoSuch'" ObjectNotFound
    }
}
