# Training that is watched: one figure that changes in a notebook, one drawing in a file.

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $images = Import-Dataset (New-TinyData)
}

Describe 'Training that is watched' {
    It 'changes two figures in a notebook: the loss and the filters' {
        $calls = [System.Collections.ArrayList]::new()
        $global:ConvNetDisplay = [pscustomobject]@{ Calls = $calls } |
            Add-Member -PassThru ScriptMethod Show { param($data) $null = $this.Calls.Add("show $($data.Keys.Count)"); "id$($this.Calls.Count)" } |
            Add-Member -PassThru ScriptMethod Update { param($id, $data) $null = $this.Calls.Add("update $id $($data['text/plain'])") }
        try { $null = New-TinyNetwork | Start-Training $images -Epochs 2 -BatchSize 8 -ShowFilters } finally { Remove-Variable ConvNetDisplay -Scope Global }
        $calls | Where-Object { $_ -like 'show*' } | Should -Be 'show 3', 'show 2'
        $calls | Where-Object { $_ -like 'update id1 *2 epochs*' } | Should -Not -BeNullOrEmpty
        $calls | Where-Object { $_ -like 'update id2 conv1: 4 pictures*' } | Should -Not -BeNullOrEmpty
    }

    It 'is told once in a stream' {
        $texts = @(New-TinyNetwork | Start-Training $images -Epochs 3 -BatchSize 8 -Show 6>&1 | Where-Object { $_ -is [System.Management.Automation.InformationRecord] })
        $texts | Should -HaveCount 1
        "$texts" | Should -BeLike '*3 epochs*'
        "$texts".Contains([char]27) | Should -BeFalse
    }
}
