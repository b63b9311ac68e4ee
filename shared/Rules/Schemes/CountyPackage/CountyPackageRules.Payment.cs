using EdgeHub.Rules.Calendars;
using static EdgeHub.Rules.Schemes.CountyPackage.CountyPackageArticles;

namespace EdgeHub.Rules.Schemes.CountyPackage;

/// <summary>This part: the payment cycle of a year.</summary>
public static partial class CountyPackageRules
{
    private const int Quarters = 4;
    private const int Prepayments = 3;
    private const int Months = 12;

    /// <summary>How an institution is paid: the lead hospital and its alliance by a capitated package; private providers by a
    /// global cap, until the tight county alliance covers everything. Source: 三(一).</summary>
    /// <exception cref="FaultException">An institution out of the county: the county does not pay it.</exception>
    public static Cited<PaymentMode> PaymentModeOf(ProviderKind provider, bool allianceCoversAll) => provider switch
    {
        ProviderKind.OutOfCounty => throw new FaultException(new Fault(Codes.UnknownCode, "provider", provider.ToString(), "one of Alliance, Private")),
        ProviderKind.Private when !allianceCoversAll => Z01.Gives(PaymentMode.GlobalCap, ("provider", provider), ("alliance covers all", allianceCoversAll)),
        _ => Z01.Gives(PaymentMode.CapitatedPackage, ("provider", provider), ("alliance covers all", allianceCoversAll)),
    };

    /// <summary>The dates of a year's payment cycle: prepayment in January, April and July, the fourth quarter settled by month,
    /// half-year clearing, the remainder in January of the next year. Each is in time until the last day of its month; the day of
    /// the half-year clearing is a default. Source: 四(三)1.</summary>
    /// <exception cref="FaultException">The half-year clearing is not in the second half of the year.</exception>
    public static Cited<IReadOnlyList<PaymentDue>> PaymentCycle(int year, DateOnly halfYearClearing)
    {
        if (halfYearClearing.Year != year || halfYearClearing.Month <= Months / 2)
        {
            throw new FaultException(new Fault(Codes.BadDate, "halfYearClearing", Article.Written(halfYearClearing), $"a day from {year}-07-01 to {year}-12-31"));
        }
        return Z14.Gives<IReadOnlyList<PaymentDue>>(
            [
                Due(PaymentStep.QuarterPrepayment, 1, 1), Due(PaymentStep.QuarterPrepayment, 2, 4), Due(PaymentStep.QuarterPrepayment, 3, 7),
                new(PaymentStep.HalfYearClearing, Months / 2, new DateOnly(year, 7, 1), halfYearClearing),
                Due(PaymentStep.MonthlySettlement, 10, 10), Due(PaymentStep.MonthlySettlement, 11, 11), Due(PaymentStep.MonthlySettlement, 12, 12),
                new(PaymentStep.AnnualRemainder, Months, new DateOnly(year + 1, 1, 1), ClearingDue(year).Value),
            ],
            ("year", year), ("half-year clearing", halfYearClearing));

        PaymentDue Due(PaymentStep step, int period, int month) =>
            new(step, period, new DateOnly(year, month, 1), Deadline.ByEndOfMonth(year, month).LastDay);
    }

    /// <summary>A quarter's prepayment: (package - out-of-county budget - violations) x 85 %, rounded once; never below zero.
    /// Source: 四(三)1; how the year's formula becomes a quarter's is the parameter <paramref name="basis"/>.</summary>
    /// <exception cref="FaultException">A quarter other than 1 to 3, or a negative amount.</exception>
    public static Cited<Money> Prepayment(PrepaymentCase of, Rate share, PrepaymentBasis basis)
    {
        if (of.Quarter is < 1 or > Prepayments)
        {
            throw new FaultException(new Fault(Codes.BadNumber, "quarter", Article.Written(of.Quarter), "1, 2 or 3: the fourth quarter is settled by month"));
        }
        NotNegative("package", of.Package);
        NotNegative("outOfCounty", of.OutOfCounty);
        NotNegative("violations", of.Violations);
        NotNegative("prepaid", of.Prepaid);
        Within("share", share, Rate.Zero, Rate.One);
        decimal inCounty = of.Package.MinorUnits - of.OutOfCounty.MinorUnits;
        var unrounded = basis switch
        {
            PrepaymentBasis.QuarterShare => (inCounty / Quarters - of.Violations.MinorUnits) * share.Value,
            PrepaymentBasis.YearOverThree => (inCounty - of.Violations.MinorUnits) * share.Value / Prepayments,
            PrepaymentBasis.Cumulative => (inCounty * of.Quarter / Quarters - of.Violations.MinorUnits) * share.Value - of.Prepaid.MinorUnits,
            _ => throw new InvalidOperationException($"Unknown basis {basis}."),
        };
        return Z15.Gives(
            Money.Rounded(unrounded, of.Package.Currency, MidpointRounding.AwayFromZero).NotBelowZero(),
            ("package", of.Package), ("out-of-county budget", of.OutOfCounty), ("violations", of.Violations), ("quarter", of.Quarter),
            ("prepaid", of.Prepaid), ("share", share), ("basis", basis));
    }

    /// <summary>A month of the fourth quarter: what was audited, capped at what the year has left. Source: 四(三)1 (按月结算); the
    /// cap is the default.</summary>
    /// <param name="paid">Everything paid for the year so far.</param>
    /// <exception cref="FaultException">A negative amount.</exception>
    public static Cited<Money> FourthQuarterMonth(Money audited, Money package, Money outOfCounty, Money violations, Money paid)
    {
        var left = NotNegative("package", package) - NotNegative("outOfCounty", outOfCounty) - NotNegative("violations", violations) - NotNegative("paid", paid);
        return Z14.Gives(
            Money.Min(NotNegative("audited", audited), left.NotBelowZero()),
            ("audited", audited), ("package", package), ("out-of-county budget", outOfCounty), ("violations", violations), ("paid", paid));
    }

    /// <summary>What the lead hospital has not passed on to its members, and how late: withholding is forbidden. Source: 四(三)1.</summary>
    /// <param name="passOnDays">Calendar days within which it is in time (及时); a parameter, for the document gives no number.</param>
    /// <exception cref="FaultException">More passed on than received, or a negative amount.</exception>
    public static Cited<PassOnLag> PassOn(Money received, DateOnly receivedOn, Money passedOn, DateOnly judgedOn, int passOnDays)
    {
        NotNegative("received", received);
        NotNegative("passedOn", passedOn);
        NotNegative("passOnDays", passOnDays);
        if (passedOn > received)
        {
            throw new FaultException(new Fault(Codes.BadAmount, "passedOn", passedOn.ToString(), $"at most {received}, what was received"));
        }
        var (withheld, due) = (received - passedOn, Deadline.Within(receivedOn, passOnDays));
        return Z16.Gives(
            new PassOnLag(withheld, due.LastDay, withheld.IsZero ? 0 : due.DaysLate(judgedOn)),
            ("received", received), ("received on", receivedOn), ("passed on", passedOn), ("judged on", judgedOn), ("days", passOnDays));
    }

    /// <summary>A month's payment of a private provider's cap: a twelfth, rounded, December takes the residual, so that twelve
    /// months pay the cap exactly. Source: 四(三)2.</summary>
    /// <exception cref="FaultException">A month other than 1 to 12, or a negative cap.</exception>
    public static Cited<Money> MonthlyPayment(Money indicator, int month) => month is >= 1 and <= Months
        ? Z17.Gives(NotNegative("indicator", indicator).Split(Enumerable.Repeat(1m, Months).ToArray())[month - 1], ("indicator", indicator), ("month", month))
        : throw new FaultException(new Fault(Codes.BadNumber, "month", Article.Written(month), "1 to 12"));

    /// <summary>Out-of-county care that the city settled: all of it is charged to the lead hospital's package, first against the
    /// budget that was kept for it. Source: 四(三)3(1).</summary>
    /// <exception cref="FaultException">A negative amount.</exception>
    public static Cited<OutOfCountyCharge> ChargeOutOfCounty(Money settledByCity, Money keptForIt) => Z18.Gives(
        new OutOfCountyCharge(
            NotNegative("settledByCity", settledByCity), (NotNegative("keptForIt", keptForIt) - settledByCity).NotBelowZero(), (settledByCity - keptForIt).NotBelowZero()),
        ("settled by the city", settledByCity), ("kept for it", keptForIt));

    /// <summary>The package of the lead hospital after the manual reimbursements of a clearing period: they are deducted from it,
    /// and so are no part of the actual cost that it is compared with. Source: 四(三)3(3).</summary>
    /// <exception cref="FaultException">A negative amount.</exception>
    public static Cited<Money> PackageAfterReimbursements(Money package, Money reimbursed) => Z20.Gives(
        NotNegative("package", package) - NotNegative("reimbursed", reimbursed), ("package", package), ("manual reimbursements", reimbursed));

    /// <summary>A prepayment's next state. Source: 四(三)1; the states are ours.</summary>
    /// <exception cref="FaultException">The step is not in the table.</exception>
    public static Cited<PrepaymentState> PrepaymentGoes(PrepaymentState from, PrepaymentState to) =>
        Z15.Gives(CountyStates.Prepayment.Go(from, to), ("from", from), ("to", to));

    /// <summary>The next state of a year's clearing: 半年清算，年度考核，年终决算. Source: 四(三)1.</summary>
    /// <exception cref="FaultException">The step is not in the table.</exception>
    public static Cited<ClearingState> ClearingGoes(ClearingState from, ClearingState to) => Z14.Gives(CountyStates.Clearing.Go(from, to), ("from", from), ("to", to));

    /// <summary>The next state of a claim for inbound insured: the provider advances, the bureau settles, the city clears.
    /// Source: 四(三)3(2).</summary>
    /// <exception cref="FaultException">The step is not in the table.</exception>
    public static Cited<InboundClaimState> InboundClaimGoes(InboundClaimState from, InboundClaimState to) =>
        Z19.Gives(CountyStates.InboundClaim.Go(from, to), ("from", from), ("to", to));
}
