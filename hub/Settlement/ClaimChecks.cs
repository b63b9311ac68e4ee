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

    /// <summary>The first thing that is wrong, or null.</summary>
    public static Fault? Of(VisitSettled body, string site) =>
        Nulls(body)
        ?? Wrong(body.Institution == site, "institution", body.Institution, $"{site}, the site of the device")
        ?? Text("person", body.Person) ?? Text("visit", body.Visit) ?? Text("visitType", body.VisitType) ?? Text("pooling area", body.PoolingArea)
        ?? Wrong(body.Currency is "CNY" or "SEK" or "GBP", "currency", body.Currency, "CNY, SEK or GBP")
        ?? Wrong(body.Ordinal is >= 0 and <= 10_000, "ordinal", Whole(body.Ordinal), "0 to 10000")
        ?? Wrong(body.InstitutionLevel is >= 0 and <= CatalogueLevels.Highest, "institutionLevel", Whole(body.InstitutionLevel), "0 to 3")
        ?? Wrong(body.Lines.Count is > 0 and <= 500, "lines", Whole(body.Lines.Count), "1 to 500 lines")
        ?? Wrong(body.BirthDate <= body.ServiceDay, "birthDate", Article.Written(body.BirthDate), "not after the service day")
        ?? Amounts(body) ?? Sums(body) ?? Moves(body.Accumulators);

    public static Fault? Of(VisitReversed body, string site) =>
        Wrong(body.Institution == site, "institution", body.Institution, $"{site}, the site of the device")
        ?? Amount("total", body.Total) ?? Amount("fund", body.Shares.Fund) ?? Amount("account", body.Shares.Account) ?? Amount("cash", body.Shares.Cash);

    public static Fault? Of(RefundPaid body, string site) =>
        Wrong(body.Institution == site, "institution", body.Institution, $"{site}, the site of the device")
        ?? Text("person", body.Person) ?? Amount("amount", body.Amount)
        ?? Wrong(body.Amount > 0, "amount", Whole(body.Amount), "more than 0")
        ?? Wrong(body.Currency is "CNY" or "SEK" or "GBP", "currency", body.Currency, "CNY, SEK or GBP");

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
            ("cash", shares.Cash), ("accountBalance", body.AccountBalance),
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
        return Wrong(totals.Total == parts, "totals", Whole(parts), $"the total {totals.Total} (B8)")
            ?? Wrong(totals.Total == shares.Fund + shares.Account + shares.Cash, "shares", Whole(shares.Fund + shares.Account + shares.Cash), $"the total {totals.Total} (B9)")
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
                if (Text("accumulator key", move.Key) is { } tooLong)
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
        Wrong(value.Length is > 0 and <= MostText, field, value.Length > MostText ? value[..MostText] : value, $"1 to {MostText} characters");

    private static Fault? Amount(string field, long value) =>
        Wrong(value is >= 0 and <= Money.LargestMinorUnits, field, Whole(value), $"0 to {Money.LargestMinorUnits} minor units");

    private static Fault? Wrong(bool right, string field, string value, string expected) =>
        right ? null : new Fault(Codes.BodyUnreadable, field, value, expected);

    private static string Whole(long number) => number.ToString(CultureInfo.InvariantCulture);
}
