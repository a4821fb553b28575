BeforeAll {
    . "$PSScriptRoot/Common.ps1"
}

Describe 'Get-ReceptiveField' {
    It 'has a row for each layer, larger with the depth' {
        $rows = Get-ReceptiveField CIFAR10
        ($rows | Where-Object Layer -eq conv1).Size | Should -Be 5, 5
        ($rows | Where-Object Layer -eq pool3).Size | Should -Be 36, 36
    }

    It 'takes one layer or several' {
        (Get-ReceptiveField CIFAR10 pool3).Size | Should -Be 36, 36
        (New-Network CIFAR10 | Get-ReceptiveField -Layer pool1, pool2).Layer | Should -BeExactly 'pool1', 'pool2'
    }

    It 'says when the border cuts a field' {
        (Get-ReceptiveField CIFAR10 conv1 -At 0, 31).Cut | Should -BeTrue
        (Get-ReceptiveField CIFAR10 conv1 -At 16, 16).Cut | Should -BeFalse
    }

    It 'measures how much of a field has effect' {
        $field = Get-ReceptiveField (New-TinyNetwork) conv1 -Effective
        $field.EffectiveSize | Should -Be 3, 3
    }

    It 'refuses a position outside the map and a layer that is not there' {
        Assert-OnlyError { Get-ReceptiveField CIFAR10 pool3 -At 9, 9 } Setting.Invalid "Received: '9,9'"
        Assert-OnlyError { Get-ReceptiveField CIFAR10 pol3 } Layer.NotFound "Received: 'pol3'" ObjectNotFound
    }
}
