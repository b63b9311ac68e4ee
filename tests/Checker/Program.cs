using EdgeHub.Tests.Checker;

return Check.Run(args, Console.Out, Console.Error);
