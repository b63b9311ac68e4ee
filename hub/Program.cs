using EdgeHub.Hub;
using EdgeHub.Hub.Access;
using EdgeHub.Hub.AuditTrail;
using EdgeHub.Hub.Bookings;
using EdgeHub.Hub.Feeds;
using EdgeHub.Hub.Ingest;
using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Ledger;
using EdgeHub.Hub.Operations;
using EdgeHub.Hub.Reporting;
using EdgeHub.Hub.RuleBook;
using EdgeHub.Hub.Schemes.CountyPackage;
using EdgeHub.Hub.Settlement;
using EdgeHub.Sync.Seams;

#pragma warning disable RS0030 // The one place that hands out the system clock.
var frame = new CommandFrame(TimeProvider.System, new SystemEntropy(), Console.Out, Console.Error);
#pragma warning restore RS0030

ServeCommand.Register(frame);
InitCommand.Register(frame);
InstitutionFile.Register(frame);
DeviceCommands.Register(frame);
CloneCommands.Register(frame);
ImportCommands.Register(frame);
LoadCommands.Register(frame);
LookCommands.Register(frame);
BookingCommands.Register(frame);
ClientCommands.Register(frame);
PolicyRetroCommands.Register(frame);
SampleCommands.Register(frame);
StatusCommand.Register(frame);
ReportCommands.Register(frame);
PackageCommands.Register(frame);
VerifyCommand.Register(frame);
MonthCommand.Register(frame);
AuditTrailCommands.Register(frame);
LedgerCommands.Register(frame);
CaseCommands.Register(frame);
CalculateCommand.Register(frame);
RuleBookCommand.Register(frame);

return await frame.Run(args);
