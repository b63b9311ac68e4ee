using static EdgeHub.Rules.Schemes.CountyPackage.CountyPackageArticles;
using static EdgeHub.Rules.Schemes.CountyPackage.CountyPackageRules;

namespace EdgeHub.Rules.Schemes.CountyPackage;

/// <summary>The county package's rules as a person can try them; each template is the clause's worked example.</summary>
public static class CountyPackageDescriptors
{
    private const string ExampleFunding = "136950000.00";
    private const string ExamplePackage = "120207780.00";

    public static readonly IReadOnlyList<RuleDescriptor> All =
    [
        Rule("year-budget", new("年度打包预算", "Årets budget", "The year's budget"), [Z05, Z06, Z07, Z09, Z10, Z12, Z13], CountyYearDescriptor.Inputs, CountyYearDescriptor.Compute),
        Rule("package-charge", new("费用计入哪项指标", "Vems anslag belastas", "Whose indicator is charged"), [Z02, Z03],
            [
                RuleInput.Text("insuranceType", "390"), RuleInput.Text("poolingArea", "530924"), RuleInput.Text("visitType", "11"),
                RuleInput.Word("provider", ProviderKind.Alliance),
                RuleInput.Text("scopePoolingArea", "530924").Or("scope.poolingArea"), RuleInput.Text("scopeInsuranceTypes", "390").Or("scope.insuranceTypes"),
            ],
            Charge),
        Rule("indicator-charge", new("计入指标的金额", "Belopp som belastar anslaget", "Amount on the indicator"), [Z04],
            [RuleInput.Money("pool", "100.00"), RuleInput.Money("catastrophic", "20.00"), RuleInput.Money("assistance", "5.00"), RuleInput.Money("safetyNet", "1.00")],
            i => RuleResult.Of("onIndicator", OnIndicator(i.Money("pool"), i.Money("catastrophic"), i.Money("assistance"), i.Money("safetyNet")))),
        Rule("package-budget", new("打包付费预算指标", "Paketets budget", "Package budget"), [Z05, Z07],
            [
                RuleInput.Count("insured", "persons", "165000", 100_000_000), RuleInput.Money("premium", "830.00").Or("funding.premiumPerPerson") with { Highest = 1_000_000m },
                RuleInput.Rate("cityExtractionRate", "0.02").Or("funding.cityExtractionRate"),
                RuleInput.Money("catastrophicPremium", "70.00").Or("funding.catastrophicPremiumPerPerson") with { Highest = 1_000_000m },
                RuleInput.Money("countyExtraction", "2453220.00"),
            ],
            Budget),
        Rule("package-split", new("总医院与民营机构分配", "Delning av paketet", "Split of the package"), [Z06],
            [RuleInput.Money("packageBudget", ExamplePackage), RuleInput.Rate("privateShare", "0.045").Or("private.shareOfPackage")],
            Split),
        Rule("reserve-extraction", new("县级风险调剂金提取", "Avsättning till riskreserven", "Extraction for the risk reserve"), [Z07],
            [
                RuleInput.Money("reserveBase", "122661000.00"), RuleInput.Rate("reserveRate", "0.02").Or("reserve.rate"),
                RuleInput.Money("funding", ExampleFunding), RuleInput.Money("reserveBalance", "12500000.00"),
                .. CountyYearDescriptor.ReserveBoundInputs,
            ],
            Reserve),
        Rule("reserve-inflows", new("风险调剂金其他来源", "Övriga inflöden till reserven", "Other inflows of the reserve"), [Z08],
            [
                RuleInput.Money("privateSurplus", "272000.00"), RuleInput.Rate("reserveShare", "0.5").Or("reserve.shareOfPrivateSurplus"),
                RuleInput.Money("deductions", "228000.00"), RuleInput.Money("cityTopUp", "0.00"),
            ],
            Inflows),
        Rule("allocation-plan", new("分配方案状态与期限", "Fördelningsplanens läge och dag", "State and due day of the allocation plan"), [Z09],
            [RuleInput.Year("year", "2025"), RuleInput.Word("from", PlanState.Issued), RuleInput.Word("to", PlanState.Filed)],
            Plan),
        Rule("private-indicators", new("民营机构年度指标", "Privata vårdgivares anslag", "Private providers' indicators"), [Z10],
            [
                RuleInput.Money("packageBudget", ExamplePackage), RuleInput.Rate("privateShare", "0.045").Or("private.shareOfPackage"),
                CountyYearDescriptor.Growth, CountyYearDescriptor.PrivateProviders,
            ],
            Private),
        Rule("technology-increase", new("新技术增加额度", "Ökning för ny teknik", "Increase for a new technology"), [Z11],
            [
                RuleInput.Money("increase", "500000.00"), RuleInput.Year("year", "2025"), RuleInput.Money("packageBudget", ExamplePackage),
                RuleInput.Rate("limit", "0.045").Or("private.increaseLimit"),
            ],
            Increase),
        Rule("lead-indicator", new("总医院打包指标", "Ledande sjukhusets anslag", "Lead hospital's indicator"), [Z12],
            [RuleInput.Money("packageBudget", ExamplePackage), RuleInput.Money("privateIndicators", "3353600.00")],
            i => RuleResult.Of("leadIndicator", LeadIndicator(i.Money("packageBudget"), i.Money("privateIndicators")))),
        Rule("primary-care-share", new("乡村两级占比", "Primärvårdens andel", "Share of primary care"), [Z13],
            [
                RuleInput.Money("share", "28699607.48"), RuleInput.Money("whole", "114798429.90"),
                RuleInput.Rate("floor", "0.25").Or("primaryCare.lowestShareOfPackage"),
                RuleInput.Money("shareLastYear", "").Optional(), RuleInput.Money("wholeLastYear", "").Optional(),
            ],
            PrimaryCare),
        Rule("annual-clearing", new("年度清算", "Årsavräkning", "Annual clearing"), [Z24],
            [RuleInput.Money("package", "3772000.00"), RuleInput.Money("violations", "45000.00"), RuleInput.Money("actual", "3500000.00")],
            Clearing),
        .. CountyPaymentDescriptors.All, .. CountyMechanismDescriptors.All, .. CountyContractDescriptors.All,
    ];

    private static RuleDescriptor Rule(
        string name, LocalText title, IReadOnlyList<Article> articles, IReadOnlyList<RuleInput> inputs, Func<RuleInputs, RuleResult> compute) =>
        new("county." + name, title, articles, inputs, compute) { Scheme = CountyPackageScheme.Name };

    private static RuleResult Charge(RuleInputs i)
    {
        var scope = new PackageScope(i.Text("scopePoolingArea"), i.Text("scopeInsuranceTypes").Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var charge = ChargeOf(
            new PackageCase(i.Text("insuranceType"), i.Text("poolingArea"), i.Text("visitType"), i.Word<ProviderKind>("provider")), scope, VisitClasses.Shipped);
        return RuleResult.Of("charge", charge, new RuleValue("chargedTo", charge.Value.ChargedTo), new RuleValue("visitClass", charge.Value.Class));
    }

    private static RuleResult Budget(RuleInputs i)
    {
        var funding = Funding(i.Count("insured"), i.Money("premium"));
        var city = CityExtraction(funding.Value, i.Rate("cityExtractionRate"));
        var catastrophic = CatastrophicPremium(i.Count("insured"), i.Money("catastrophicPremium"));
        var reserveBase = ReserveBase(funding.Value, city.Value, catastrophic.Value);
        var package = PackageBudget(reserveBase.Value, i.Money("countyExtraction"));
        return new RuleResult(
            [new("funding", funding.Value), new("cityExtraction", city.Value), new("catastrophicPremium", catastrophic.Value), new("reserveBase", reserveBase.Value), new("packageBudget", package.Value)],
            [funding.As("funding F"), city.As("city extraction"), catastrophic.As("catastrophic premium"), reserveBase.As("reserve base B0"), package.As("package budget P")]);
    }

    private static RuleResult Split(RuleInputs i)
    {
        var split = SplitPackage(i.Money("packageBudget"), i.Rate("privateShare"));
        return RuleResult.Of("split", split, new RuleValue("lead", split.Value.Lead), new RuleValue("privatePool", split.Value.PrivatePool));
    }

    private static RuleResult Reserve(RuleInputs i)
    {
        var reserve = ReserveExtraction(
            i.Money("reserveBase"), i.Rate("reserveRate"), i.Money("funding"), i.Money("reserveBalance"), CountyYearDescriptor.ReserveBoundsOf(i));
        return RuleResult.Of("county extraction", reserve,
            new RuleValue("byRate", reserve.Value.ByRate), new RuleValue("roomUnderCap", reserve.Value.RoomUnderCap),
            new RuleValue("extraction", reserve.Value.Extraction), new RuleValue("isCapped", reserve.Value.IsCapped));
    }

    private static RuleResult Inflows(RuleInputs i)
    {
        var inflow = ReserveInflows(i.Money("privateSurplus"), i.Rate("reserveShare"), i.Money("deductions"), i.Money("cityTopUp"));
        return RuleResult.Of("reserve inflow", inflow, new RuleValue("fromPrivateSurplus", inflow.Value.FromPrivateSurplus), new RuleValue("total", inflow.Value.Total));
    }

    private static RuleResult Plan(RuleInputs i)
    {
        var due = PlanDue((int)i.Count("year"));
        var may = PlanMayGo(i.Word<PlanState>("from"), i.Word<PlanState>("to"));
        return new RuleResult([new("due", due.Value), new("may", may.Value)], [due.As("plan due with the city"), may.As("plan may go on")]);
    }

    private static RuleResult Private(RuleInputs i)
    {
        var indicators = PrivateIndicators(CountyYearDescriptor.Providers(i), i.Rate("growth"), i.Money("packageBudget"), i.Rate("privateShare"));
        return RuleResult.Of("private indicators", indicators, new RuleValue("private", CountyYearDescriptor.Rows(indicators.Value)));
    }

    private static RuleResult Increase(RuleInputs i)
    {
        var increase = IncreaseForNewTechnology(i.Money("increase"), (int)i.Count("year"), i.Money("packageBudget"), i.Rate("limit"));
        return RuleResult.Of("increase", increase,
            new RuleValue("increase", increase.Value.Increase), new RuleValue("fromYear", increase.Value.FromYear), new RuleValue("aboveLimit", increase.Value.AboveLimit));
    }

    private static RuleResult PrimaryCare(RuleInputs i)
    {
        (Money, Money)? lastYear = i.MoneyOrNone("shareLastYear") is { } share && i.MoneyOrNone("wholeLastYear") is { } whole ? (share, whole) : null;
        var test = PrimaryCareShare(i.Money("share"), i.Money("whole"), i.Rate("floor"), lastYear);
        return RuleResult.Of("share of primary care", test,
            new RuleValue("passes", test.Value.Passes), new RuleValue("passesFrom", test.Value.PassesFrom), new RuleValue("missing", test.Value.Missing), new RuleValue("rises", test.Value.Rises));
    }

    private static RuleResult Clearing(RuleInputs i)
    {
        var cleared = ClearYear(i.Money("package"), i.Money("violations"), i.Money("actual"));
        return RuleResult.Of("annual clearing", cleared,
            new RuleValue("case", (int)cleared.Value.Case), new RuleValue("pay", cleared.Value.Pay), new RuleValue("surplus", cleared.Value.Surplus), new RuleValue("overrun", cleared.Value.Overrun));
    }
}
