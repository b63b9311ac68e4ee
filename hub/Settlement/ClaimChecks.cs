using System.Globalization;
using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;
using EdgeHub.Rules.Schemes.CountyPackage;
using EdgeHub.Sync.Journal;

namespace EdgeHub.Hub.Settlement;

/// <summary>Whether a body holds together by itself: what breaks these was made by no agent of ours, and is set aside.</summary>
internal static class ClaimChecks
{
    public const int MostText = 64;

    public const int MostKey = 160;

    private static readonly string[] Referrals = [SettledWords.NotNeeded, SettledWords.Regular, SettledWords.Irregular];

    /// <summary>The first thing that is wrong, or null.</summary>
    public static Fault? Of(VisitSettled body, string site) => Nulls(body) ?? AtItsSite(body.Institution, site) ?? Bill(body);

    public static Fault? Of(VisitReversed body, string site) =>
        AtItsSite(body.Institution, site) ?? Amount("total", body.Total) ?? Shares(body.Shares);

    public static Fault? Of(RefundPaid body, string site) =>
        AtItsSite(body.Institution, site)
        ?? Text("person", body.Person) ?? Amount("amount", body.Amount)
        ?? Wrong(body.Amount > 0, "amount", Whole(body.Amount), "more than 0")
        ?? Unit(body.Currency);

    /// <summary>What remains is a whole settlement, and with what was given back it makes a whole one too.</summary>
    public static Fault? Of(VisitPartlyRefunded body, string site)
    {
        if (Of(body.Now, site) is { } fault)
        {
            return fault;
        }
        var back = body.Difference;
        if (new[] { back.Fund, back.Account, back.Cash, back.Catastrophic, back.Assistance }.Any(part => Math.Abs((decimal)part) > Money.LargestMinorUnits))
        {
            return new Fault(Codes.BodyUnreadable, "difference", back.ToString(), $"at most {Money.LargestMinorUnits} minor units each");
        }
        var before = Claim.Before(body);
        return Wrong(body.Now.Settlement != body.Settlement, "now.settlement", body.Settlement.ToString("D"), "an id of its own")
            ?? Shares(new SettledShares(before.Fund, before.Account, before.Cash, before.Catastrophic, before.Assistance))
            ?? Wrong(before.Total >= body.Now.Totals.Total, "difference", Whole(before.Total - body.Now.Totals.Total), "a bill that became no larger (B21)");
    }

    public static Fault? Of(ReimbursementClaimed body, string site) =>
        Wrong(body.Desk == site, "desk", body.Desk, $"{site}, the site of the device")
        ?? Text("invoiceIssuer", body.InvoiceIssuer.Trim()) ?? Text("invoiceNumber", body.InvoiceNumber.Trim())
        ?? Wrong(body.Institution.Length + body.InstitutionName.Length > 0, "institution", "", "a code, or a name")
        ?? Wrong(ClaimReasons.All.Contains(body.ReasonCode, StringComparer.Ordinal), "reasonCode", Short(body.ReasonCode), string.Join(", ", ClaimReasons.All))
        ?? Wrong(body.Totals.Deductible == 0, "deductible", Whole(body.Totals.Deductible), "0: nothing was taken off yet")
        ?? Wrong(!body.Lines.Contains(null!), "lines", "null", "lines, none of them null")
        ?? Wrong(!body.Diagnoses.Contains(null!), "diagnoses", "null", "codes, none of them null")
        ?? Bill(Claim.Of(body).Body);

    public static Fault? Of(VisitUnsettled body) =>
        Text("visit", body.Visit) ?? Text("person", body.Person) ?? Text("visitType", body.VisitType) ?? Text("reason", body.Reason);

    private static Fault? AtItsSite(string institution, string site) => Wrong(institution == site, "institution", institution, $"{site}, the site of the device");

    private static Fault? Bill(VisitSettled body) =>
        Text("person", body.Person) ?? Text("visit", body.Visit) ?? Text("visitType", body.VisitType) ?? Text("pooling area", body.PoolingArea)
        ?? Wrong(body.AccountOwner.Length <= MostText, "accountOwner", Short(body.AccountOwner), $"at most {MostText} characters")
        ?? Wrong(Referrals.Contains(body.Referral, StringComparer.Ordinal), "referral", Short(body.Referral), string.Join(", ", Referrals))
        ?? Wrong(body.KnownBy is SettledWords.Feed or SettledWords.Lookup or SettledWords.Index, "knownBy", Short(body.KnownBy), "feed, lookup or index")
        ?? Wrong(body.Admitted is not { } admitted || admitted <= body.ServiceDay, "admitted", body.Admitted is { } day ? Article.Written(day) : "", "not after the service day")
        ?? Unit(body.Currency)
        ?? Wrong(body.Ordinal is >= 0 and <= 10_000, "ordinal", Whole(body.Ordinal), "0 to 10000")
        ?? Wrong(body.InstitutionLevel is >= 0 and <= CatalogueLevels.Highest, "institutionLevel", Whole(body.InstitutionLevel), "0 to 3")
        ?? Wrong(body.Lines.Count is > 0 and <= 500, "lines", Whole(body.Lines.Count), "1 to 500 lines")
        ?? Wrong(body.BirthDate <= body.ServiceDay, "birthDate", Article.Written(body.BirthDate), "not after the service day")
        ?? Amounts(body) ?? Sums(body) ?? Moves(body.Accumulators);

    private static Fault? Shares(SettledShares shares) =>
        Amount("fund", shares.Fund) ?? Amount("account", shares.Account) ?? Amount("cash", shares.Cash)
        ?? Amount("catastrophic", shares.Catastrophic) ?? Amount("assistance", shares.Assistance);

    private static Fault? Unit(string currency) => Wrong(Currency.TryParse(currency, out _), "currency", currency, Currency.Known);

    private static string Short(string value) => value.Length > MostText ? value[..MostText] : value;

    /// <summary>The visit types that visit-classes.csv knows; null: it is one of them. A newer hub may know more.</summary>
    public static Fault? VisitType(string code) => VisitClasses.Shipped.ByCode.ContainsKey(code)
        ? null
        : new Fault(Codes.UnknownCode, "visitType", code, "one of " + string.Join(", ", VisitClasses.Shipped.ByCode.Keys));

    /// <summary>A null among the members of a list: the serialiser looks only at properties.</summary>
    private static Fault? Nulls(VisitSettled body) =>
        Wrong(!body.Lines.Contains(null!), "lines", "null", "lines, none of them null")
        ?? Wrong(!body.Accumulators.Contains(null!), "accumulators", "null", "accumulators, none of them null")
        ?? Wrong(!body.Diagnoses.Contains(null!), "diagnoses", "null", "codes, none of them null");

    private static Fault? Amounts(VisitSettled body)
    {
        var (totals, shares) = (body.Totals, body.Shares);
        ReadOnlySpan<(string Name, long Value)> amounts =
        [
            ("total", totals.Total), ("fullSelfPay", totals.FullSelfPay), ("overPriceLimit", totals.OverPriceLimit), ("preSelfPay", totals.PreSelfPay),
            ("eligible", totals.Eligible), ("deductible", totals.Deductible), ("fund", shares.Fund), ("account", shares.Account),
            ("cash", shares.Cash), ("catastrophic", shares.Catastrophic), ("assistance", shares.Assistance), ("accountBalance", body.AccountBalance),
        ];
        foreach (var (name, value) in amounts)
        {
            if (Amount(name, value) is { } fault)
            {
                return fault;
            }
        }
        return body.Lines.Select(line => Amount("line amount", line.Amount)).FirstOrDefault(fault => fault is not null);
    }

    private static Fault? Sums(VisitSettled body)
    {
        var (totals, shares) = (body.Totals, body.Shares);
        var parts = totals.FullSelfPay + totals.OverPriceLimit + totals.PreSelfPay + totals.Eligible;
        var lines = body.Lines.Sum(line => line.Amount);
        var paid = shares.Fund + shares.Catastrophic + shares.Assistance + shares.Account + shares.Cash;
        return Wrong(totals.Total == parts, "totals", Whole(parts), $"the total {totals.Total} (B8)")
            ?? Wrong(totals.Total == paid, "shares", Whole(paid), $"the total {totals.Total} (B9)")
            ?? Wrong(totals.Total == lines, "lines", Whole(lines), $"the total {totals.Total}");
    }

    private static Fault? Moves(IReadOnlyList<SettledMove> moves)
    {
        if (moves.Count > 50 || moves.Select(m => m.Key).Distinct(StringComparer.Ordinal).Count() != moves.Count)
        {
            return new Fault(Codes.Duplicated, "accumulators", Whole(moves.Count), "at most 50, each key once");
        }
        foreach (var move in moves)
        {
            try
            {
                if (Wrong(move.Key.Length is > 0 and <= MostKey, "accumulator key", Short(move.Key), $"1 to {MostKey} characters") is { } tooLong)
                {
                    return tooLong;
                }
                _ = AccumulatorKey.Parse(move.Key);
            }
            catch (FaultException unreadable)
            {
                return unreadable.Faults[0];
            }
            if ((Amount("before", move.Before) ?? Amount("after", move.After)) is { } fault)
            {
                return fault;
            }
        }
        return null;
    }

    private static Fault? Text(string field, string value) =>
        Wrong(value.Length is > 0 and <= MostText, field, Short(value), $"1 to {MostText} characters");

    private static Fault? Amount(string field, long value) =>
        Wrong(value is >= 0 and <= Money.LargestMinorUnits, field, Whole(value), $"0 to {Money.LargestMinorUnits} minor units");

    private static Fault? Wrong(bool right, string field, string value, string expected) =>
        right ? null : new Fault(Codes.BodyUnreadable, field, value, expected);

    private static string Whole(long number) => number.ToString(CultureInfo.InvariantCulture);
}
