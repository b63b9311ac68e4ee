using System.Runtime.InteropServices;
using EdgeHub.Quickstart;
using EdgeHub.Quickstart.Accounts;

// The morning of a county on one machine: see README.md of the project. Exit code 0: everything was right; 1: something was
// not, and it says what; 2: the call itself was wrong; 130: stopped by the operator before the morning had ended.
try
{
    var options = Options.Parse(args);
    if (options.RecountOnly)
    {
        return Recount.PrintAgain(options) ? 0 : 1;
    }
    using var stop = new CancellationTokenSource();
    void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        stop.Cancel();
    }
    using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
    using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    using var hungUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
#pragma warning disable RS0030 // The one place that hands out the system clock.
    var clock = TimeProvider.System;
#pragma warning restore RS0030
    return await Morning.RunAsync(options, clock, stop.Token);
}
catch (OptionFault fault)
{
    await Console.Error.WriteLineAsync(fault.Message);
    return 2;
}
