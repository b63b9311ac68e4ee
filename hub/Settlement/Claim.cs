using EdgeHub.Sync.Journal;

namespace EdgeHub.Hub.Settlement;

/// <summary>What a line claims, of whatever kind, in the one shape that settlement judges.</summary>
/// <param name="Body">A settlement's own body, a partial refund's remainder, or a reimbursement's invoice as a bill paid in cash.</param>
/// <param name="KeySite">With visit and ordinal the business key.</param>
/// <param name="Replaces">With a remainder: the settlement that it replaces.</param>
internal sealed record Claim(string Kind, VisitSettled Body, string KeySite, Guid? Replaces)
{
    /// <summary>Key sites of invoices begin so: no site's code does.</summary>
    private const string Issuer = "issuer:";

    private static readonly PolicyUsed NoPolicy = new("", 0, "", 0);

    public static Claim Of(VisitSettled body) => new(FactKind.Settled, body, body.Institution, null);

    public static Claim Of(VisitPartlyRefunded body) => new(FactKind.Remainder, body.Now, body.Now.Institution, body.Settlement);

    /// <summary>The business key is issuer and invoice number, whatever desk and whatever letters' case.</summary>
    public static Claim Of(ReimbursementClaimed body) => new(
        FactKind.Reimbursement,
        new VisitSettled(
            body.Claim, body.RequestKey, Key(body.InvoiceNumber), 0, body.Currency, body.Person, body.Cover, body.PersonType, body.BirthDate, body.PoolingArea,
            body.OutOfArea, Treating(body), body.InstitutionLevel, body.InstitutionType, body.VisitType, body.Diagnoses, body.Disease, body.ServiceDay,
            body.Totals, new SettledShares(0, 0, body.Totals.Total), 0, UseAccount: false, NoPolicy, body.CatalogueVersion, body.Offline, body.Evidence,
            body.Operator, [], body.Lines, body.Referral, body.Admitted, "", body.KnownBy),
        Issuer + Key(body.InvoiceIssuer), null);

    /// <summary>The settlement that a partial refund takes back, by its shares: what remains and what was given back.</summary>
    public static ShareSums Before(VisitPartlyRefunded body)
    {
        var (now, back) = (body.Now.Shares, body.Difference);
        return checked(new ShareSums(
            now.Fund + back.Fund, now.Catastrophic + back.Catastrophic, now.Assistance + back.Assistance, now.Account + back.Account, now.Cash + back.Cash));
    }

    private static string Treating(ReimbursementClaimed body)
    {
        var name = body.Institution.Length > 0 ? body.Institution : body.InstitutionName;
        return name.Length > ClaimChecks.MostText ? name[..ClaimChecks.MostText] : name;
    }

    private static string Key(string printed) => printed.Trim().ToUpperInvariant();
}
