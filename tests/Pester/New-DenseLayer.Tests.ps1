BeforeAll {
    . "$PSScriptRoot/Common.ps1"
}

Describe 'New-DenseLayer' {
    It 'has a weight for each input and unit, and a bias for each unit' {
        (New-DenseLayer 5 | New-Network -InputShape 3, 8, 8).ParameterCount | Should -Be (5 * 192 + 5)
        (New-DenseLayer 5 -NoBias | New-Network -InputShape 3, 8, 8).ParameterCount | Should -Be (5 * 192)
    }

    It 'puts its activation behind itself and stands after the layers that come in' {
        "$(New-PoolLayer | New-DenseLayer 10 -Activation Softmax)" | Should -BeExactly 'pool2 fc10 softmax'
    }

    It 'starts from the weights that its initializer makes' {
        $filters = New-DenseLayer 3 -Initializer Constant -InitialScale 0.25 | New-Network -InputShape 1, 2, 2 | Get-Filter -Layer fc1
        $filters | Should -HaveCount 3
        $filters | ForEach-Object { $_.Values } | Sort-Object -Unique | Should -Be 0.25
    }

    It 'checks the inputs that it is given' {
        (New-DenseLayer 4 -Inputs 192 | New-Network -InputShape 3, 8, 8).ParameterCount | Should -Be (4 * 193)
        Assert-OnlyError { New-DenseLayer 4 -Inputs 7 | New-Network -InputShape 3, 8, 8 } Layer.WrongInput 'expected 7 inputs. Received: 192'
    }

    It 'refuses <_> units' -ForEach 0, -4 {
        $units = $_
        Assert-OnlyError { New-DenseLayer $units } Setting.Invalid "Received: $units"
    }

    It 'keeps its name' {
        (New-DenseLayer 3 -Name head).Name | Should -BeExactly 'head'
    }
}
