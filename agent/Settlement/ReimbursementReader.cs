using EdgeHub.Agent.Store;
using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;
using EdgeHub.Rules.Ids;
using EdgeHub.Sync.Journal;
using static EdgeHub.Rules.Schemes.CountyPackage.CountyPackageArticles;

namespace EdgeHub.Agent.Settlement;

/// <summary>An invoice as it is claimed, checked.</summary>
/// <param name="Outside">Numbers of the lines that the catalogue does not have.</param>
public sealed record ReadClaim(
    VisitFacts Visit, string InstitutionName, IReadOnlyList<string> Diagnoses, string Issuer, string Number, string ReasonCode, string? RefusedRequest,
    IReadOnlyList<BillLine> Lines, BillSplit Split, IReadOnlyDictionary<int, string> Names, IReadOnlyList<int> Outside);

/// <summary>What a desk entered about an invoice: every fault by its field. Source: Z20, Z37, B16.</summary>
public static class ReimbursementReader
{
    /// <summary>Issuer and number, at most; the hub keeps no longer ones.</summary>
    public const int InvoiceCharacters = 64;

    private const int CodeCharacters = 20;

    /// <param name="find">An item of the catalogue by its code; null: there is none.</param>
    /// <param name="knows">Whether a visit type is known here.</param>
    /// <param name="limits">Say which visit types are stays.</param>
    public static (ReadClaim? Claim, Refusal? Why) Read(
        Func<string, CatalogueItem?> find, Func<string, bool> knows, ReimbursementRequest request, Member member, Currency currency, DateOnly today, OfflineLimits limits)
    {
        var faults = new List<Fault>();
        var visitType = Given.Text(request.VisitType, "visitType", CodeCharacters, faults);
        if (visitType.Length > 0 && !knows(visitType))
        {
            faults.Add(new Fault(Codes.UnknownCode, "visitType", visitType, "a visit type of the national interface, for example 11"));
        }
        var (code, name, area) = Institution(request.Institution, faults);
        var level = request.Institution?.Level ?? -1;
        if (level is < 0 or > CatalogueLevels.Highest)
        {
            faults.Add(new Fault(request.Institution?.Level is null ? Codes.Missing : Codes.BadNumber, "institution.level", request.Institution?.Level is null ? "" : Article.Written(level), "0 to 3"));
        }
        var type = Given.Text(request.Institution?.Type, "institution.type", CodeCharacters, faults);
        var (admitted, serviceDay) = Days(request, today, limits.IsInpatient(visitType), faults);
        var referral = Given.Referral(request.Referral, faults);
        var diagnoses = Given.DiagnosisCodes(request.Diagnoses, faults);
        var disease = string.IsNullOrWhiteSpace(request.Disease) ? null : Given.Text(request.Disease, "disease", Given.DiseaseCharacters, faults);
        var issuer = Given.Text(request.Invoice?.Issuer, "invoice.issuer", InvoiceCharacters, faults);
        var number = Given.Text(request.Invoice?.Number, "invoice.number", InvoiceCharacters, faults);
        var reason = Given.Text(request.ReasonCode, "reasonCode", CodeCharacters, faults);
        if (reason.Length > 0 && !ClaimReasons.All.Contains(reason, StringComparer.Ordinal))
        {
            faults.Add(new Fault(Codes.UnknownCode, "reasonCode", reason, string.Join(", ", ClaimReasons.All)));
        }
        var refused = string.IsNullOrWhiteSpace(request.RefusedRequest) ? null : Given.Text(request.RefusedRequest, "refusedRequest", Given.KeyCharacters, faults);
        if (BillLines.TooMany(request.Lines) is { } many)
        {
            faults.Add(many);
        }
        if (faults.Count > 0)
        {
            return (null, new Refusal(faults, Z20));
        }
        var (lines, names, outside) = BillLines.Read(find, request.Lines, serviceDay, level, currency, outsideIsSelfPay: true, faults);
        if (faults.Count > 0)
        {
            return (null, new Refusal(faults, Z20));
        }
        var visit = new VisitFacts(member.PoolingArea, visitType, area != member.PoolingArea, code, level, type, serviceDay, disease) { Referral = referral, Admitted = admitted };
        return BenefitRules.SplitLines(new Bill(visit, BillReader.PersonOf(member), lines)) switch
        {
            SplitOutcome.Divided divided => (new ReadClaim(visit, name, diagnoses, issuer, number, reason, refused, lines, divided.Bill, names, outside), null),
            SplitOutcome.Refused wrong => (null, new Refusal(wrong.Faults, wrong.Article)),
            var other => throw new InvalidOperationException($"Unknown outcome {other.GetType().Name}."),
        };
    }

    /// <summary>A code says its area; without one the name and the area are needed.</summary>
    private static (string Code, string Name, string Area) Institution(TreatedAt? given, List<Fault> faults)
    {
        var (code, codeArea) = ("", (AreaCode?)null);
        if (!string.IsNullOrWhiteSpace(given?.Code))
        {
            if (InstitutionCode.TryParse(given.Code.Trim(), "institution.code", out var parsed, out var wrong))
            {
                (code, codeArea) = (parsed.Format(), parsed.Area);
            }
            else
            {
                faults.Add(wrong);
            }
        }
        var needsName = string.IsNullOrWhiteSpace(given?.Code);
        var name = needsName || !string.IsNullOrWhiteSpace(given!.Name) ? Given.Text(given?.Name, "institution.name", Given.NameCharacters, faults) : "";
        if (string.IsNullOrWhiteSpace(given?.Area) && codeArea is { } own)
        {
            return (code, name, own.Format());
        }
        if (AreaCode.TryParse(given?.Area?.Trim(), "institution.area", out var area, out var none))
        {
            return (code, name, area.Format());
        }
        faults.Add(none);
        return (code, name, "");
    }

    /// <summary>A stay from its admission to its discharge, a visit on its one day; none in the future.</summary>
    private static (DateOnly? Admitted, DateOnly ServiceDay) Days(ReimbursementRequest request, DateOnly today, bool inpatient, List<Fault> faults)
    {
        if (request.ServiceDay is not { } day)
        {
            faults.Add(new Fault(Codes.Missing, "serviceDay", "", "a day, for example 2025-03-12"));
            return (null, today);
        }
        if (day > today)
        {
            faults.Add(new Fault(Codes.BadDate, "serviceDay", Article.Written(day), $"not after {Article.Written(today)}"));
        }
        if (inpatient && request.Admitted is null)
        {
            faults.Add(new Fault(Codes.Missing, "admitted", "", "a day, for example 2025-03-12"));
        }
        else if (inpatient && request.Admitted > day)
        {
            faults.Add(new Fault(Codes.BadDate, "admitted", Article.Written(request.Admitted.Value), $"not after {Article.Written(day)}"));
        }
        else if (!inpatient && request.Admitted is { } stay)
        {
            faults.Add(new Fault(Codes.BadDate, "admitted", Article.Written(stay), "nothing: the visit is not a stay"));
        }
        return (request.Admitted, day);
    }
}
