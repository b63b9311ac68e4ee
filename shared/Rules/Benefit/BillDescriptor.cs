namespace EdgeHub.Rules.Benefit;

/// <summary>A whole bill, and one line of it, as a person can try them. The policy row is given by its values.</summary>
internal static class BillDescriptor
{
    public static readonly IReadOnlyList<RuleInput> LineInputs =
    [
        RuleInput.Word("class", CatalogueClass.B), RuleInput.Number("price", "yuan", "18.50", BillLimits.Price),
        RuleInput.Number("quantity", "units", "1", BillLimits.Quantity), RuleInput.Money("amount", "18.50"),
        RuleInput.Number("priceLimit", "yuan", "", BillLimits.Price).Optional(), RuleInput.Rate("preSelfPay", "0.1"),
    ];

    /// <summary>What the policy row gives.</summary>
    private static readonly IReadOnlyList<RuleInput> RowInputs =
    [
        RuleInput.Word("mode", DeductibleMode.None), RuleInput.Money("deductible", "0.00"),
        RuleInput.Rate("fundRate", "0.6"), RuleInput.Text("tiers", "").Optional(), RuleInput.Rate("referralReduction", "0").Optional(),
        RuleInput.Money("visitCap", "").Optional(), RuleInput.Money("dailyCap", "30.00").Optional(), RuleInput.Money("monthCap", "").Optional(),
        RuleInput.Money("quarterCap", "").Optional(), RuleInput.Money("diseaseCap", "").Optional(), RuleInput.Money("institutionYearCap", "").Optional(),
        RuleInput.Money("annualCap", "2000.00").Optional(),
        RuleInput.Money("catastrophicThreshold", "").Optional(), RuleInput.Text("catastrophicTiers", "").Optional(), RuleInput.Money("catastrophicCap", "").Optional(),
        RuleInput.Money("assistanceThreshold", "").Optional(), RuleInput.Rate("assistanceRate", "").Optional(), RuleInput.Money("assistanceCap", "").Optional(),
    ];

    /// <summary>What the spans of the service day have used; left out: nothing.</summary>
    private static readonly IReadOnlyList<RuleInput> TakenInputs =
    [
        RuleInput.Money("deductibleTaken", "0.00"), RuleInput.Money("fundPaidThatDay", "0.00"), RuleInput.Money("fundPaidThisMonth", "").Optional(),
        RuleInput.Money("fundPaidThisQuarter", "").Optional(), RuleInput.Money("fundPaidForDisease", "").Optional(),
        RuleInput.Money("fundPaidAtInstitution", "").Optional(), RuleInput.Money("fundPaidThisYear", "0.00"),
        RuleInput.Money("ownPayThisYear", "").Optional(), RuleInput.Money("catastrophicPaid", "").Optional(),
        RuleInput.Money("ownPayLeftThisYear", "").Optional(), RuleInput.Money("assistancePaid", "").Optional(),
    ];

    public static readonly IReadOnlyList<RuleInput> Inputs =
    [
        RuleInput.List("lines", [RuleInput.Count("category", "number", "9", 14) with { Lowest = 1 }, .. LineInputs],
            ["12", "A", "50.00", "1", "50.00", "", "0"], ["9", "B", "18.50", "1", "18.50", "", "0.1"]),
        .. RowInputs,
        RuleInput.Day("serviceDay", "2025-03-12"), RuleInput.Word("referral", Referral.NotNeeded),
        .. TakenInputs,
        RuleInput.Money("accountBalance", "12.00"), RuleInput.Money("accountSpentThisYear", "0.00"),
        RuleInput.Text("useAccount", "yes") with { Choices = ["yes", "no"] },
    ];

    public static RuleResult Compute(RuleInputs i)
    {
        var day = i.Day("serviceDay");
        var visit = new VisitFacts("", "", OutOfArea: false, "", 0, "", day, Disease: i.Has("diseaseCap") ? "" : null) { Referral = i.Word<Referral>("referral") };
        var person = new PersonFacts("", "", day);
        var bill = new Bill(visit, person, [.. i.List("lines").Select((line, at) => Line(line, at + 1, (ExpenseCategory)line.Count("category")))]);
        var split = Divided(bill);
        var share = BenefitRules.Share(new ShareCase(visit, person, split.Totals), Row(i), State(i, visit), i.Money("accountBalance"), i.Text("useAccount") == "yes");
        return new RuleResult(
            [
                .. Totals(split.Totals), new("deductible", share.Deductible),
                new("fund", share.Shares.Fund), new("catastrophic", share.Shares.Catastrophic), new("assistance", share.Shares.Assistance),
                new("account", share.Shares.Account), new("cash", share.Shares.Cash),
                new("limits", share.Limits.Select(limit => new RuleRow(
                    [new("name", limit.Name), new("limit", limit.Limit), new("before", limit.Before), new("after", limit.After)])).ToList()),
            ],
            [.. split.Steps, .. share.Steps]);
    }

    public static RuleResult ComputeLine(RuleInputs i)
    {
        var line = Line(i, 1, ExpenseCategory.Other);
        var bill = new Bill(new VisitFacts("", "", OutOfArea: false, "", 0, "", DateOnly.MinValue, Disease: null), new PersonFacts("", "", DateOnly.MinValue), [line]);
        var split = Divided(bill);
        return new RuleResult(
            Totals(split.Totals),
            [LineRules.FullSelfPay(line).As(StepNames.FullSelfPay), .. line.Class == CatalogueClass.C ? [] : Parts(line)]);
    }

    /// <summary>What the shares need of a policy row.</summary>
    private static PolicyRow Row(RuleInputs i) => new(
        1, AnyKey, i.Word<DeductibleMode>("mode"), i.Money("deductible"), i.Rate("fundRate"), i.MoneyOrNone("dailyCap"), i.MoneyOrNone("annualCap"))
    {
        Caps = new SpanCaps(i.MoneyOrNone("visitCap"), i.MoneyOrNone("monthCap"), i.MoneyOrNone("quarterCap"), i.MoneyOrNone("institutionYearCap")),
        DiseaseCap = i.MoneyOrNone("diseaseCap"),
        Tiers = TiersOrNone(i, "tiers"),
        ReferralReduction = i.Has("referralReduction") ? i.Rate("referralReduction") : Rate.Zero,
        Catastrophic = i.MoneyOrNone("catastrophicThreshold") is { } threshold ? new CatastrophicTerms(threshold, Tiers(i, "catastrophicTiers"), i.MoneyOrNone("catastrophicCap")) : null,
        Assistance = i.MoneyOrNone("assistanceThreshold") is { } from
            ? new AssistanceTerms(from, i.Has("assistanceRate") ? i.Rate("assistanceRate") : throw Missing("assistanceRate"), i.MoneyOrNone("assistanceCap"))
            : null,
    };

    /// <summary>A row of which only the deductible is asked.</summary>
    public static PolicyRow Row(DeductibleMode mode, Money deductible) => new(1, AnyKey, mode, deductible, Rate.Zero, null, null);

    /// <summary>Tiers that must be given.</summary>
    public static RateTiers Tiers(RuleInputs i, string name) => TiersOrNone(i, name) ?? throw Missing(name);

    private static PolicyKey AnyKey => new("", null, null, null, null, null, null, null, null, null, DateRange.From(DateOnly.MinValue));

    private static RateTiers? TiersOrNone(RuleInputs i, string name) =>
        i.Has(name) && i.Text(name).Length > 0 ? RateTiers.Parse(i.Text(name), Currency.Cny, name) : null;

    private static FaultException Missing(string name) => new(new Fault(Codes.Missing, name, "", "given together with the threshold"));

    private static IEnumerable<CitedStep> Parts(BillLine line)
    {
        var over = LineRules.OverPriceLimit(line);
        yield return over.As(StepNames.OverPriceLimit);
        yield return LineRules.PreSelfPay(line, over.Value).As(StepNames.PreSelfPay);
    }

    private static BillSplit Divided(Bill bill) => BenefitRules.SplitLines(bill) switch
    {
        SplitOutcome.Divided divided => divided.Bill,
        SplitOutcome.Refused refused => throw new FaultException(refused.Faults),
        var other => throw new InvalidOperationException($"Unknown outcome {other.GetType().Name}."),
    };

    private static BillLine Line(RuleInputs i, int no, ExpenseCategory category) => new(
        no, "", category, i.Word<CatalogueClass>("class"), i.Number("price"), i.Number("quantity"), i.Money("amount"),
        i.Has("priceLimit") ? i.Number("priceLimit") : null, i.Rate("preSelfPay"));

    private static AccumulatorState State(RuleInputs i, VisitFacts visit)
    {
        var (day, everywhere) = (visit.ServiceDay, AccumulatorKey.Everywhere);
        var amounts = new Dictionary<AccumulatorKey, Money>();
        Put(BenefitKeys.Deductible(i.Word<DeductibleMode>("mode"), visit, everywhere), "deductibleTaken");
        Put(BenefitKeys.FundPay(AccumulatorSpan.Day, day, everywhere), "fundPaidThatDay");
        Put(BenefitKeys.FundPay(AccumulatorSpan.Month, day, everywhere), "fundPaidThisMonth");
        Put(BenefitKeys.FundPay(AccumulatorSpan.Quarter, day, everywhere), "fundPaidThisQuarter");
        Put(BenefitKeys.FundPayForDisease(day, visit.Disease ?? ""), "fundPaidForDisease");
        Put(BenefitKeys.FundPayAtInstitution(visit, everywhere), "fundPaidAtInstitution");
        Put(BenefitKeys.FundPay(AccumulatorSpan.Year, day, everywhere), "fundPaidThisYear");
        Put(BenefitKeys.OfLayer(AccumulatorKind.CatastrophicBase, day), "ownPayThisYear");
        Put(BenefitKeys.OfLayer(AccumulatorKind.CatastrophicPay, day), "catastrophicPaid");
        Put(BenefitKeys.OfLayer(AccumulatorKind.AssistanceBase, day), "ownPayLeftThisYear");
        Put(BenefitKeys.OfLayer(AccumulatorKind.AssistancePay, day), "assistancePaid");
        Put(BenefitKeys.AccountSpent(day), "accountSpentThisYear");
        return new AccumulatorState(amounts);

        void Put(AccumulatorKey? key, string name)
        {
            if (key is not null && i.MoneyOrNone(name) is { } amount)
            {
                amounts[key] = amount;
            }
        }
    }

    private static IReadOnlyList<RuleValue> Totals(BillTotals totals) =>
    [
        new("total", totals.Total), new("fullSelfPay", totals.FullSelfPay), new("overPriceLimit", totals.OverPriceLimit),
        new("preSelfPay", totals.PreSelfPay), new("eligible", totals.Eligible),
    ];
}
