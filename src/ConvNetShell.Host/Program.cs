using ConvNetShell.Host;

EngineSettings.Apply();
WritableFolders.Ensure();
return args is ["kernel", .. var words] ? KernelShell.Start(words) : Shell.Start(args);
