using System.CommandLine;
using System.Globalization;
using EdgeHub.Hub.Export;
using EdgeHub.Hub.Jobs;
using EdgeHub.Rules;

namespace EdgeHub.Hub.Ledger;

/// <summary>hub ledger balance, show, table.</summary>
public static class LedgerCommands
{
    public static void Register(CommandFrame frame)
    {
        frame.At("ledger", "The ledger: balances, sets with their legs, the table of postings.");
        Balance(frame);
        Show(frame);
        var output = new ReportOutput();
        var table = frame.At("ledger table", "The table of postings: event, debit, credit, article.");
        output.AddTo(table);
        frame.On(table, parsed => output.Write(frame, parsed, LedgerReports.Table()));
    }

    private static void Balance(CommandFrame frame)
    {
        var month = new Option<string?>("--month") { Description = "Month of posting, yyyy-MM; without it the newest that was posted into." };
        var output = new ReportOutput();
        var balance = frame.At("ledger balance", "The trial balance of a month: opening, movement and closing of every envelope.");
        balance.Options.Add(month);
        output.AddTo(balance);
        frame.OnStore(balance, (parsed, hub) => output.Write(frame, parsed, hub.Read(session =>
        {
            var asked = parsed.GetValue(month) ?? PeriodStore.Months(session, hub.Region).LastOrDefault()?.Month ?? PostingSet.MonthOf(DateOnly.FromDateTime(hub.Clock.GetUtcNow().Date));
            return DateOnly.TryParseExact(asked, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
                ? LedgerReports.Trial(session, hub.Region, asked)
                : throw new FaultException(new Fault(Codes.BadDate, "--month", asked, "a month, for example 2025-03"));
        })));
    }

    private static void Show(CommandFrame frame)
    {
        var cause = new Option<string?>("--cause") { Description = "What was posted for, for example settlement/1/1/5, refund/ID, budget/CountyPackage/2025." };
        var account = new Option<string?>("--account") { Description = "KIND or KIND/OWNER, for example SettledPool/530924100201." };
        var output = new ReportOutput();
        var show = frame.At("ledger show", "The sets of a cause, or the legs of an envelope, with articles and dates.");
        show.Options.Add(cause);
        show.Options.Add(account);
        output.AddTo(show);
        frame.OnStore(show, (parsed, hub) => output.Write(frame, parsed, hub.Read(session => (parsed.GetValue(cause), parsed.GetValue(account)) switch
        {
            ({ Length: > 0 } of, null) => LedgerReports.OfCause(session, hub.Region, of),
            (null, { Length: > 0 } of) => LedgerReports.OfAccount(session, hub.Region, Kind(of), of.IndexOf('/', StringComparison.Ordinal) is var at and > 0 ? of[(at + 1)..] : Account.TheRegion),
            _ => throw new FaultException(new Fault(Codes.Missing, "--cause", "", "either --cause or --account")),
        })));
    }

    private static AccountKind Kind(string account) => Enum.TryParse<AccountKind>(account.Split('/')[0], out var kind) && Enum.IsDefined(kind)
        ? kind
        : throw new FaultException(new Fault(Codes.UnknownCode, "--account", account, string.Join(", ", Enum.GetNames<AccountKind>())));
}
