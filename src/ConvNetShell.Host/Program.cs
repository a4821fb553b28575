using ConvNetShell.Host;

EngineSettings.Apply();
WritableFolders.Ensure();
return args is ["kernel", .. var arguments] ? KernelShell.Start(arguments) : Shell.Start(args);
