# A notebook's display that records what it is given. Dot-source it after Common.ps1, which imports the module.

class DisplayRecorder : ConvNetShell.Display.Mime.INotebookDisplay {
    [System.Collections.Generic.List[hashtable]] $Calls = [System.Collections.Generic.List[hashtable]]::new()

    [string] Show([ConvNetShell.Display.Mime.MimeBundle] $Bundle) {
        $this.Calls.Add(@{ Id = ''; Data = $Bundle.Data })
        return "id$($this.Calls.Count)"
    }

    [void] Update([string] $Id, [ConvNetShell.Display.Mime.MimeBundle] $Bundle) {
        $this.Calls.Add(@{ Id = $Id; Data = $Bundle.Data })
    }
}

# Puts a recorder where cmdlets look for the notebook's display, and returns the list of its calls.
function Start-DisplayRecorder {
    $global:ConvNetDisplay = [DisplayRecorder]::new()
    , $global:ConvNetDisplay.Calls
}
