return Orchestrator.Cli.Opt.OptProgram.RunHere(args);
