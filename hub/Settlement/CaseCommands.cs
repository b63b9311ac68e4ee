using System.CommandLine;
using System.Globalization;
using EdgeHub.Hub.Export;
using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Feeds;

namespace EdgeHub.Hub.Settlement;

/// <summary>hub case list, close, release, withdraw, again; hub quarantine retry, close. What people decide by hand stands with their name and reason.</summary>
public static class CaseCommands
{
    private const int MostListed = 10_000;
    private const int MostText = 500;

    private static readonly IReadOnlyList<ReportColumn> Columns =
    [
        new("kind", "类别 kind", CellKind.Text), new("subject", "对象 subject", CellKind.Text), new("person", "人员 person", CellKind.Text),
        new("institution", "机构 institution", CellKind.Text), new("amount", "金额 amount", CellKind.Amount), new("owner", "负责 owner", CellKind.Text),
        new("ageDays", "天数 age in days", CellKind.Count),
    ];

    public static void Register(CommandFrame frame)
    {
        frame.At("case", "Cases that people must look at.");
        frame.At("quarantine", "Entries that were set aside.");
        List(frame);
        var kind = new Argument<string>("kind") { Description = "The case's kind, for example Duplicate, RefundOverpaid, PossibleDouble." };
        var subject = new Argument<string>("subject") { Description = "The case's subject, as hub case list shows it." };
        var entry = new Argument<string>("entry") { Description = "device/epoch/seq, as hub report quarantine shows it." };
        ByHand(frame, "case close", "Closes a case: people have settled it outside. It opens again only when its amount changes.", [kind, subject],
            (hub, parsed, by) => CloseCase(hub, parsed.GetRequiredValue(kind), parsed.GetRequiredValue(subject), by));
        ByHand(frame, "case release", "Says that an invoice is another visit than the one settled on the spot (PossibleDouble): it is paid.", [subject],
            (hub, parsed, by) => Release(hub, parsed.GetRequiredValue(subject), by));
        var claim = new Argument<string>("claim") { Description = "device/epoch/seq, or the settlement's id as hub report payables shows it." };
        ByHand(frame, "case withdraw", "Takes an invoice back that was entered wrongly, while nothing of it is paid; the right one can be claimed.", [claim],
            (hub, parsed, by) => Withdraw(hub, parsed.GetRequiredValue(claim), by));
        ByHand(frame, "case again", "Judges a claim by the person's cover as it is loaded now, after it was corrected.", [claim],
            (hub, parsed, by) => Again(hub, parsed.GetRequiredValue(claim), by));
        ByHand(frame, "quarantine retry", "Lets the hub try an entry once more.", [entry],
            (hub, parsed, by) => Retry(hub, parsed.GetRequiredValue(entry), by));
        ByHand(frame, "quarantine close", "Closes an entry that will not be used.", [entry],
            (hub, parsed, by) => CloseAside(hub, parsed.GetRequiredValue(entry), by));
    }

    private static void List(CommandFrame frame)
    {
        var closed = new Option<bool>("--closed") { Description = "Those that people closed." };
        var output = new ReportOutput();
        var list = frame.At("case list", "The open cases, the oldest first.");
        list.Options.Add(closed);
        output.AddTo(list);
        frame.OnStore(list, (parsed, hub) => output.Write(frame, parsed, hub.Read(session => new ReportTable(
            "cases", "案件 Cases", [("region", hub.Region)], Columns,
            [.. CaseStore.List(session, hub.Region, parsed.GetValue(closed) ? CaseStore.ClosedByHand : CaseStore.IsOpen, MostListed).Select(each =>
                (IReadOnlyList<object>)[each.Kind, each.Subject, each.Person, each.Institution, each.Amount, each.Owner, (hub.NowMilliseconds - each.OpenedMs) / 86_400_000])],
            null, []))));
    }

    /// <summary>Registers a command of people's own decision: who, and why.</summary>
    private static void ByHand(
        CommandFrame frame, string path, string description, IReadOnlyList<Argument<string>> arguments, Func<HubStore, ParseResult, (string Why, string By), string> action)
    {
        var why = new Option<string>("--why") { Description = "What was found and done, for the record.", Required = true };
        var by = new Option<string>("--operator") { Description = "Who decided it.", Required = true };
        var command = frame.At(path, description);
        foreach (var argument in arguments)
        {
            command.Arguments.Add(argument);
        }
        command.Options.Add(why);
        command.Options.Add(by);
        frame.OnStore(command, (parsed, hub) =>
        {
            frame.Output.WriteLine(action(hub, parsed, (Text("--why", parsed.GetRequiredValue(why)), Text("--operator", parsed.GetRequiredValue(by)))));
            return CommandFrame.Done;
        });
    }

    private static string CloseCase(HubStore hub, string kind, string subject, (string Why, string By) hand) => hub.Write(session =>
    {
        var open = CaseStore.Of(session, hub.Region, kind, subject);
        if (open is not { Status: CaseStore.IsOpen })
        {
            throw new FaultException(new Fault(Codes.NotFound, "subject", $"{kind} {subject}", "an open case, as hub case list shows it"));
        }
        CaseStore.CloseByHand(session, hub.Region, kind, subject, hub.NowMilliseconds);
        HandStore.Add(session, hub.Region, Done(hub, HandStore.Case, kind, subject, HandStore.Close, open.Amount, hand));
        return $"{kind} {subject} is closed.";
    });

    /// <summary>The invoice counts from the next step of settlement on.</summary>
    private static string Release(HubStore hub, string subject, (string Why, string By) hand) => hub.Write(session =>
    {
        var open = CaseStore.Of(session, hub.Region, Codes.PossibleDouble, subject);
        var fact = open is { Status: not CaseStore.IsClosed } && Entry(subject) is { } entry ? FactStore.OfEntry(session, hub.Region, entry.DeviceNo, entry.Epoch, entry.Seq) : null;
        if (open is null || fact is null)
        {
            throw new FaultException(new Fault(Codes.NotFound, "subject", subject, "a case PossibleDouble, as hub case list shows it"));
        }
        FactStore.ReleaseDouble(session, fact);
        YearAgainStore.Put(session, hub.Region, fact.Person, fact.SchemeYear, Codes.PossibleDouble, hub.NowMilliseconds);
        HandStore.Add(session, hub.Region, Done(hub, HandStore.Case, Codes.PossibleDouble, subject, HandStore.Release, open.Amount, hand));
        return $"{subject} is released.";
    });

    private static string Withdraw(HubStore hub, string text, (string Why, string By) hand) => hub.Write(session =>
    {
        var fact = ClaimsByHand.Of(session, hub.Region, text, Entry(text));
        var amount = ClaimsByHand.Withdraw(session, SettingsOf(hub), fact, hub.NowMilliseconds);
        HandStore.Add(session, hub.Region, Done(hub, HandStore.Case, Codes.Withdrawn, fact.Settlement.ToString("D"), HandStore.Withdraw, amount, hand));
        return $"{text} is withdrawn.";
    });

    private static string Again(HubStore hub, string text, (string Why, string By) hand) => hub.Write(session =>
    {
        var fact = ClaimsByHand.Of(session, hub.Region, text, Entry(text));
        var code = ClaimsByHand.ReadAgain(session, SettingsOf(hub), fact, hub.NowMilliseconds);
        HandStore.Add(session, hub.Region, Done(hub, HandStore.Case, code, fact.Entry, HandStore.Again, fact.AtStake, hand));
        return $"{text} is judged again.";
    });

    private static SettlementSettings SettingsOf(HubStore hub) => new(hub.Region, TimeZoneInfo.FindSystemTimeZoneById(hub.Settings.TimeZone));

    private static string Retry(HubStore hub, string text, (string Why, string By) hand) => hub.Write(session =>
    {
        var (entry, aside) = Aside(session, hub, text);
        if (aside.WaitsFor.Length > 0)
        {
            throw new FaultException(new Fault(Codes.NotFound, "entry", text, $"an entry that waits for nothing; this one is used by itself when {aside.WaitsFor} comes"));
        }
        QuarantineStore.AskRetry(session, hub.Region, entry, hub.NowMilliseconds);
        HandStore.Add(session, hub.Region, Done(hub, HandStore.Aside, aside.Code, text, HandStore.Retry, 0, hand));
        return $"{text} is tried again.";
    });

    private static string CloseAside(HubStore hub, string text, (string Why, string By) hand) => hub.Write(session =>
    {
        var (entry, aside) = Aside(session, hub, text);
        QuarantineStore.CloseByHand(session, hub.Region, entry, hub.NowMilliseconds, FeedVersions.Next(session, hub.Region, FeedNames.Quarantine));
        HandStore.Add(session, hub.Region, Done(hub, HandStore.Aside, aside.Code, text, HandStore.Close, 0, hand));
        return $"{text} is closed.";
    });

    private static ((long DeviceNo, long Epoch, long Seq) Entry, AsideEntry Row) Aside(Sync.Stores.StoreSession session, HubStore hub, string text) =>
        Entry(text) is { } entry && QuarantineStore.Of(session, hub.Region, entry) is { } row
            ? (entry, row)
            : throw new FaultException(new Fault(Codes.NotFound, "entry", text, "device/epoch/seq of an entry that is set aside, for example 1/1/5"));

    private static (long DeviceNo, long Epoch, long Seq)? Entry(string text)
    {
        var numbers = text.Split('/').Select(part => long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1).ToArray();
        return numbers is [>= 0, >= 0, >= 0] ? (numbers[0], numbers[1], numbers[2]) : null;
    }

    private static HandAction Done(HubStore hub, string what, string kind, string subject, string action, long amount, (string Why, string By) hand) => new(
        hub.Entropy.NewId(hub.Clock.GetUtcNow()), what, kind, subject, action, amount, hand.Why, hand.By, hub.NowMilliseconds);

    private static string Text(string option, string value) => value.Trim().Length is > 0 and <= MostText && !value.Any(char.IsControl)
        ? value.Trim()
        : throw new FaultException(new Fault(Codes.BadCharacter, option, value, $"1 to {MostText} characters"));
}
