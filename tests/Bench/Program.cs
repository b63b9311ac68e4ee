using System.Globalization;
using EdgeHub.Tests.Bench;

// dotnet run -c Release --project tests/Bench -- [all|commit|idle|desk|group|wire|feed|ingest|postgres|clearing|peer|calc|loss|thousand|verify|judge] [--times N] [--facts N] [--agents N] [--settlements N] [--engine sqlite|postgres] [--tile N] [--folder F] [--out FILE]
if (args is ["child", "loss" or "loss-roomy", var file])
{
    LossBench.InChild(file, args[1] == "loss-roomy");
    return 0;
}
if (args is ["child", "verify", var stored])
{
    VerifyBench.InChild(stored);
    return 0;
}
if (args is ["child", "state", var state])
{
    await DeskBench.FillState(state);
    return 0;
}
if (args is ["child", var part, var number])
{
    using var own = new TempFolder();
    var count = int.Parse(number, CultureInfo.InvariantCulture);
    await (part switch
    {
        "commit" => CommitBench.InChild(own.Path, count),
        "group" => GroupBench.InChild(own.Path, count),
        "profile" => ProfileRun.InChild(own.Path, count),
        "profile-commit" => ProfileRun.InChild(own.Path, count, commitAlone: true),
        _ => throw new ArgumentException(part),
    });
    return 0;
}
string[] known = ["commit", "idle", "desk", "group", "wire", "feed", "ingest", "postgres", "clearing", "peer", "calc", "loss", "thousand", "verify", "judge"];
var to = args.SkipWhile(arg => arg != "--out").Skip(1).FirstOrDefault();
var times = Number("--times", 200);
var facts = Number("--facts", 200_000);
var agents = Number("--agents", 1_000);
var asked = args.TakeWhile(arg => !arg.StartsWith('-')).FirstOrDefault() ?? "all";
if (asked != "all" && !known.Contains(asked))
{
    Console.Error.WriteLine($"\"{asked}\": expected all, {string.Join(", ", known)}");
    return 64;
}
using var folder = new TempFolder();
var floors = new Floors(folder.Path);
var report = new Report();
report.Machine(floors, folder.Path);
using var postgres = new Lent<PostgresServer>(PostgresServer.Start);
foreach (var name in asked == "all" ? known : [asked])
{
    Console.Error.WriteLine(name);
    switch (name)
    {
        case "postgres": await PostgresBench.Run(postgres.For("ingest on PostgreSQL", report), Path.Combine(folder.Path, "postgres"), report); break;
        case "clearing": ClearingBench.Run(postgres.For("clearing on PostgreSQL", report), Path.Combine(folder.Path, "clearing"), facts, report); break;
        case "peer": await PeerBench.Run(Path.Combine(folder.Path, "peer"), report); break;
        case "desk": await DeskBench.Run(floors, Path.Combine(folder.Path, "desk"), report); break;
        case "idle": await IdleBench.Run(floors, Path.Combine(folder.Path, "idle"), report); break;
        case "commit": CommitBench.Run(floors, report); break;
        case "group": GroupBench.Run(floors, report); break;
        case "wire": await WireBench.Run(folder.Path, report); break;
        case "loss": LossBench.Run(floors, folder.Path, times, report); break;
        case "verify": await VerifyBench.Run(Words("--folder") ?? Path.Combine(folder.Path, "verify"), postgres, Number("--settlements", 100_000), Words("--engine"), Number("--tile", VerifyBench.MostOfTile), report); break;
        case "judge": await JudgeBench.Run(Path.Combine(folder.Path, "judge"), postgres, Number("--settlements", 5_000), report); break;
        case "feed": await FeedBench.Run(Path.Combine(folder.Path, "feed"), report); break;
        case "thousand": await ThousandBench.Run(postgres.For("a thousand agents on PostgreSQL", report), Path.Combine(folder.Path, "thousand"), agents, report); break;
        case "calc": await CalcBench.Run(folder.Path, report); break;
        default: await IngestBench.Run(floors, Path.Combine(folder.Path, "ingest"), report); break;
    }
}
Console.WriteLine();
Console.Write(report.Markdown());
if (to is not null)
{
    await File.WriteAllTextAsync(to, report.Markdown());
}
return report.AllMet ? 0 : 1;

string? Words(string option) => args.SkipWhile(arg => arg != option).Skip(1).FirstOrDefault();

int Number(string option, int otherwise) =>
    int.TryParse(args.SkipWhile(arg => arg != option).Skip(1).FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : otherwise;
