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

    public static readonly IReadOnlyList<RuleInput> Inputs =
    [
        RuleInput.List("lines", [RuleInput.Count("category", "number", "9", 14) with { Lowest = 1 }, .. LineInputs],
            ["12", "A", "50.00", "1", "50.00", "", "0"], ["9", "B", "18.50", "1", "18.50", "", "0.1"]),
        RuleInput.Word("mode", DeductibleMode.None), RuleInput.Money("deductible", "0.00"), RuleInput.Rate("fundRate", "0.6"),
        RuleInput.Money("dailyCap", "30.00").Optional(), RuleInput.Money("annualCap", "2000.00").Optional(),
        RuleInput.Day("serviceDay", "2025-03-12"),
        RuleInput.Money("deductibleTakenThisYear", "0.00"), RuleInput.Money("fundPaidThatDay", "0.00"), RuleInput.Money("fundPaidThisYear", "0.00"),
        RuleInput.Money("accountBalance", "12.00"), RuleInput.Money("accountSpentThisYear", "0.00"),
        RuleInput.Text("useAccount", "yes") with { Choices = ["yes", "no"] },
    ];

    public static RuleResult Compute(RuleInputs i)
    {
        var day = i.Day("serviceDay");
        var visit = new VisitFacts("", "", OutOfArea: false, "", 0, "", day, Disease: null);
        var person = new PersonFacts("", "", day);
        var bill = new Bill(visit, person, [.. i.List("lines").Select((line, at) => Line(line, at + 1, (ExpenseCategory)line.Count("category")))]);
        var split = Divided(bill);
        var share = BenefitRules.Share(new ShareCase(visit, person, split.Totals), Row(i), State(i, day), i.Money("accountBalance"), i.Text("useAccount") == "yes");
        return new RuleResult(
            [
                .. Totals(split.Totals), new("deductible", share.Deductible),
                new("fund", share.Shares.Fund), new("account", share.Shares.Account), new("cash", share.Shares.Cash),
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

    /// <summary>What the shares need of a policy row; what an input list leaves out is blank.</summary>
    public static PolicyRow Row(RuleInputs i) => new(
        1, new PolicyKey("", null, null, null, null, null, null, null, null, null, DateRange.From(DateOnly.MinValue)),
        i.Word<DeductibleMode>("mode"), i.Money("deductible"), i.Has("fundRate") ? i.Rate("fundRate") : Rate.Zero,
        i.MoneyOrNone("dailyCap"), i.MoneyOrNone("annualCap"));

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

    private static AccumulatorState State(RuleInputs i, DateOnly day)
    {
        var keys = BenefitKeys.Of(day);
        return new AccumulatorState(new Dictionary<AccumulatorKey, Money>
        {
            [keys.DeductibleOfYear] = i.Money("deductibleTakenThisYear"),
            [keys.FundPayOfDay] = i.Money("fundPaidThatDay"),
            [keys.FundPayOfYear] = i.Money("fundPaidThisYear"),
            [keys.AccountSpentOfYear] = i.Money("accountSpentThisYear"),
        });
    }

    private static IReadOnlyList<RuleValue> Totals(BillTotals totals) =>
    [
        new("total", totals.Total), new("fullSelfPay", totals.FullSelfPay), new("overPriceLimit", totals.OverPriceLimit),
        new("preSelfPay", totals.PreSelfPay), new("eligible", totals.Eligible),
    ];
}
