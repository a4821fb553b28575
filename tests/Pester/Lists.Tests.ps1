# Every list that an object holds can be indexed at the prompt; a list without a public indexer would give itself for [0].

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $images = Import-Dataset (New-TinyData)
    $run = New-TinyNetwork 'fc3' | Start-Training $images -Epochs 2 -BatchSize 8
}

Describe 'Lists' {
    It 'of <_> have an indexer' -ForEach @(
        '$images', '$images.Train', 'New-ConvLayer 8 3', 'New-Network CIFAR10', '(New-Network CIFAR10).Layers[0]', '(New-Network CIFAR10).Plan', '(Get-NetworkSummary CIFAR10)[0]',
        '(Get-NetworkSummary CIFAR10)[0].Summary', 'Select-Sample $images', '$run', '$run.Network', '$run.Network.Normalization', '$run.Best', 'Measure-Accuracy $run', '(Measure-Accuracy $run).PerClass[1]'
    ) {
        $object = & ([scriptblock]::Create($_))
        foreach ($property in $object.PSObject.Properties) {
            $value = $property.Value
            if ($value -is [System.Collections.IDictionary] -or $value -is [string] -or $value -isnot [System.Collections.IEnumerable]) { continue }
            $items = @($value | ForEach-Object { $_ })
            for ($i = 0; $i -lt [System.Math]::Min(3, $items.Count); $i++) {
                [object]::Equals($items[$i], $value[$i]) | Should -BeTrue -Because "$($property.Name)[$i] is one of its items"
            }
        }
    }
}
