# Training that is watched: one figure that changes in a notebook, one drawing in a file.

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    . "$PSScriptRoot/DisplayRecorder.ps1"
    $images = Import-Dataset (New-TinyData)
}

Describe 'Training that is watched' {
    It 'changes two figures in a notebook: the loss and the filters' {
        $calls = Start-DisplayRecorder
        try { $null = New-TinyNetwork | Start-Training $images -Epochs 2 -BatchSize 8 -ShowFilters } finally { Remove-Variable ConvNetDisplay -Scope Global }
        $calls | Where-Object Id -EQ '' | ForEach-Object { @($_.Data.Keys).Count } | Should -Be 4, 2
        $calls | Where-Object { $_.Id -eq 'id1' -and $_.Data['text/plain'] -like '*2 epochs*' } | Should -Not -BeNullOrEmpty
        $calls | Where-Object { $_.Id -eq 'id2' -and $_.Data['text/plain'] -like 'conv1: 4 pictures*' } | Should -Not -BeNullOrEmpty
    }

    It 'is told once in a stream' {
        $texts = @(New-TinyNetwork | Start-Training $images -Epochs 3 -BatchSize 8 -Show 6>&1 | Where-Object { $_ -is [System.Management.Automation.InformationRecord] })
        $texts | Should -HaveCount 1
        "$texts" | Should -BeLike '*3 epochs*'
        "$texts".Contains([char]27) | Should -BeFalse
    }
}
