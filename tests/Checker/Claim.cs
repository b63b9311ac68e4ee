using System.Globalization;
using System.Text.Json;

namespace EdgeHub.Tests.Checker;

/// <summary>Who pays, in minor units.</summary>
public sealed record Sums(long Total, long Fund, long Catastrophic, long Assistance, long Account, long Cash)
{
    public static readonly Sums Zero = new(0, 0, 0, 0, 0, 0);

    public static Sums operator +(Sums a, Sums b) => checked(new(
        a.Total + b.Total, a.Fund + b.Fund, a.Catastrophic + b.Catastrophic, a.Assistance + b.Assistance, a.Account + b.Account, a.Cash + b.Cash));

    /// <summary>What the institution claims of others than the patient.</summary>
    public long OfOthers => checked(Fund + Catastrophic + Assistance + Account);
}

/// <summary>A line that claims money.</summary>
public sealed record Claim(string Kind, string Settlement, string Person, string Site, string KeySite, string Visit, long Ordinal, string ServiceDay, string Currency, Sums Sums);

/// <summary>A line that takes a settlement back, if it is just this settlement.</summary>
public sealed record TakenBack(string Settlement, string Site, Sums Sums);

/// <summary>A line that says what was paid out to a person.</summary>
public sealed record PaidOut(string Refund, string Settlement, string Person, string Site, string Currency, long Amount);

/// <summary>Reads what section 4 of README.txt says of a line's body.</summary>
public static class Bodies
{
    public static Claim Settled(JsonElement body, string kind) => new(
        kind, Text(body, "settlement"), Text(body, "person"), Text(body, "institution"), Text(body, "institution"), Text(body, "visit"), Number(body, "ordinal"),
        Text(body, "serviceDay"), Text(body, "currency"), Shares(body.GetProperty("shares"), Number(body.GetProperty("totals"), "total")));

    public static TakenBack Reversed(JsonElement body) => new(Text(body, "settlement"), Text(body, "institution"), Shares(body.GetProperty("shares"), Number(body, "total")));

    /// <summary>The old settlement's shares are what remains and what was given back.</summary>
    public static TakenBack PartlyRefunded(JsonElement body)
    {
        var now = Settled(body.GetProperty("now"), "Remainder");
        var back = Shares(body.GetProperty("difference"), 0);
        var given = checked(back.Fund + back.Catastrophic + back.Assistance + back.Account + back.Cash);
        return new TakenBack(Text(body, "settlement"), now.Site, now.Sums + (back with { Total = given }));
    }

    public static Claim Reimbursement(JsonElement body)
    {
        var total = Number(body.GetProperty("totals"), "total");
        return new Claim(
            "Reimbursement", Text(body, "claim"), Text(body, "person"), Text(body, "desk"), "issuer:" + Key(body, "invoiceIssuer"), Key(body, "invoiceNumber"), 0,
            Text(body, "serviceDay"), Text(body, "currency"), new Sums(total, 0, 0, 0, 0, total));
    }

    public static PaidOut RefundPaid(JsonElement body) => new(
        Text(body, "refund"), Text(body, "settlement"), Text(body, "person"), Text(body, "institution"), Text(body, "currency"), Number(body, "amount"));

    private static string Key(JsonElement body, string name) => Text(body, name).Trim().ToUpper(CultureInfo.InvariantCulture);

    private static Sums Shares(JsonElement shares, long total) => new(
        total, Number(shares, "fund"), Later(shares, "catastrophic"), Later(shares, "assistance"), Number(shares, "account"), Number(shares, "cash"));

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString() ?? "";

    private static long Number(JsonElement of, string name) => of.GetProperty(name).GetInt64();

    /// <summary>A field of a later schema; absent: 0.</summary>
    private static long Later(JsonElement of, string name) => of.TryGetProperty(name, out var field) ? field.GetInt64() : 0;
}
