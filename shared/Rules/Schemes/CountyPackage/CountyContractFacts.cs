namespace EdgeHub.Rules.Schemes.CountyPackage;

/// <summary>How a case is paid inside a package or cap (Z29): per item, per disease, by DRG, or by a method made for Chinese medicine.</summary>
public enum PaymentMethod { PerItem, PerDisease, Drg, ChineseMedicine }

/// <summary>Care of one kind inside a package: so many acts or cases at one price that the fund pays (Z29).</summary>
public sealed record MethodCost(string Name, PaymentMethod Method, long Count, Money Price);

/// <summary>An institution's year as its contract counts it.</summary>
/// <param name="Indicator">The year's indicator without what was carried in.</param>
/// <param name="Violations">Confirmed deductions for violations (Z24).</param>
/// <param name="Actual">Pool-fund cost that actually arose in the year.</param>
/// <param name="Prepaid">Paid during the year.</param>
public sealed record CountyContractYear(Money Indicator, ClearingFindings Found, Money Violations, Money Actual, AssessmentGrade Grade, Money Prepaid);

/// <summary>What only the lead hospital's package bears.</summary>
/// <param name="Insured">Persons for whom the package is.</param>
/// <param name="Reimbursed">Manual reimbursements of the year (Z20).</param>
/// <param name="OutOfCountyPaidByCity">Settled by the city for the county (Z18), part of the actual cost.</param>
public sealed record LeadCharges(long Insured, Money Reimbursed, Money OutOfCountyPaidByCity);

/// <summary>The numbers of a year's contract.</summary>
/// <param name="DepositShare">Of the indicator (Z23).</param>
/// <param name="ReserveShareOfSurplus">Of a private provider's surplus (Z28).</param>
public sealed record CountyContractTerms(ClearingIndicatorTerms Indicators, Rate DepositShare, Rate BasicPassShare, Rate ReserveShareOfSurplus)
{
    public static CountyContractTerms From(ParametersOn parameters) => new(
        ClearingIndicatorTerms.From(parameters), parameters.Share("deposit.share"), parameters.Share("deposit.basicPassShare"), parameters.Share("reserve.shareOfPrivateSurplus"));
}
