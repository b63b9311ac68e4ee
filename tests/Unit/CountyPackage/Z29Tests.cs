using System.Globalization;
using System.Numerics;
using EdgeHub.Rules;
using EdgeHub.Rules.Payment;
using EdgeHub.Rules.Schemes.CountyPackage;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeHub.Tests.Unit.CountyPackage;

public sealed class Z29Tests
{
    private static readonly DateOnly Day = new(2025, 1, 1);
    private static readonly CountyContractTerms Terms = CountyContractTerms.From(SchemeParameters.Shipped(CountyPackageScheme.Name).On(Day, Day));
    private static readonly ClearingFindings NothingFound = new(100m, 0, HospitalLevel.One, Money.Fen(0), Money.Fen(100), 0, 0);

    private static readonly Gen<(CountyContractYear Year, LeadCharges Charges)> Years =
        from indicator in Gen.Choose(0, 2_000_000_000)
        from satisfaction in Gen.Choose(700, 1000)
        from cases in Gen.Choose(0, 12)
        from violations in Gen.Choose(0, 50_000_000)
        from reimbursed in Gen.Choose(0, 500)
        from near in Gen.Choose(-3, 3)
        from far in Gen.Choose(0, 2_000_000_000)
        from isNear in Gen.Elements(true, false)
        from grade in Gen.Elements(Enum.GetValues<AssessmentGrade>())
        from prepaid in Gen.Choose(0, 2_000_000_000)
        select Drawn(indicator, satisfaction, cases, violations, reimbursed, isNear ? near : null, far, grade, prepaid);

    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("Z29");

    public static TheoryData<ExampleRow> Methods => ExampleTable.Of("Z29-methods");

    [Theory, MemberData(nameof(Examples))]
    public void Contract_Example_IsTheSumOfItsParts(ExampleRow row)
    {
        var year = new CountyContractYear(
            row.Yuan("indicator"), Found(row["found"]), row.Yuan("violations"), row.Yuan("actual"), row.Word<AssessmentGrade>("grade"), row.Yuan("prepaid"));
        var isLead = row["contract"] == "lead";
        var contract = (isLead
            ? CountyPackageRules.LeadContract(year, new LeadCharges(165_000, row.Yuan("reimbursed"), row.Yuan("out of county")), Terms)
            : CountyPackageRules.PrivateContract(year, Terms)).Value;
        Assert.Equal((row.Yuan("total"), row.Yuan("transfer")), (contract.Payment.Total, contract.Transfer));
        Assert.Equal((-row.Yuan("to reserve"), -row.Yuan("forfeited")), (Part(contract, "surplus to the reserve"), Part(contract, "quality deposit forfeited")));
        Assert.Equal((isLead ? PaymentModel.Capitation : PaymentModel.BlockGrant, row.Yuan("indicator")), (contract.Payment.Parts[0].Model, contract.Payment.Parts[0].Amount));
    }

    [Theory, MemberData(nameof(Methods))]
    public void CostByMethod_Example_IsTheActualCost(ExampleRow row)
    {
        var cost = CountyPackageRules.CostByMethod([.. row.Words("costs").Select(Cost)], Currency.Cny).Value;
        Assert.Equal(
            (row.Yuan("total"), row.Yuan("fee for service"), row.Yuan("episodes")), (cost.Total, cost.Of(PaymentModel.FeeForService), cost.Of(PaymentModel.Episode)));
    }

    [Fact]
    public void LeadContract_AnyYear_IsTheSlowReadingsPayAndSurplusLessTheForfeitedDeposit() => Prop.ForAll(Arb.From(Years), drawn =>
    {
        var (year, charges) = drawn;
        var contract = CountyPackageRules.LeadContract(year, charges, Terms).Value;
        var (pay, surplus, forfeited) = Slowly(year, charges.Reimbursed);
        Assert.Equal(pay + surplus - forfeited, contract.Payment.Total.MinorUnits);
        Assert.Equal(contract.Payment.Total - year.Prepaid - charges.OutOfCountyPaidByCity, contract.Transfer);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void PrivateContract_AnyYear_IsTheSlowReadingsPayAndCarryLessTheForfeitedDeposit() => Prop.ForAll(Arb.From(Years), drawn =>
    {
        var contract = CountyPackageRules.PrivateContract(drawn.Year, Terms).Value;
        var (pay, surplus, forfeited) = Slowly(drawn.Year, Money.Fen(0));
        Assert.Equal(pay + SlowCountyAssessment.Surplus(surplus).Carry - forfeited, contract.Payment.Total.MinorUnits);
        Assert.Equal(contract.Payment.Total - drawn.Year.Prepaid, contract.Transfer);
    }).QuickCheckThrowOnFailure();

    /// <summary>Whatever the method, the same care costs the same: the order and the split of a line change nothing.</summary>
    [Fact]
    public void CostByMethod_LineInTwoAndBackwards_CostsTheSame() => Prop.ForAll(Arb.From(Gen.Choose(0, 10_000)), Arb.From(Gen.Choose(0, 10_000)), Arb.From(Gen.Choose(0, 1_000_000)), (one, other, price) =>
    {
        MethodCost Line(string name, PaymentMethod method, long count) => new(name, method, count, Money.Fen(price));
        MethodCost[] two = [Line("a", PaymentMethod.Drg, one), Line("b", PaymentMethod.PerItem, other)];
        var whole = CountyPackageRules.CostByMethod([Line("c", PaymentMethod.PerDisease, one + other)], Currency.Cny).Value.Total;
        Assert.Equal(whole, CountyPackageRules.CostByMethod(two, Currency.Cny).Value.Total);
        Assert.Equal(whole, CountyPackageRules.CostByMethod([.. two.Reverse()], Currency.Cny).Value.Total);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Contract_WrongInputs_AreRefusedByName()
    {
        var year = new CountyContractYear(Money.Fen(100), NothingFound, Money.Fen(0), Money.Fen(0), AssessmentGrade.Pass, Money.Fen(0));
        var none = new LeadCharges(1, Money.Fen(0), Money.Fen(0));
        Assert.Equal("insured", Refused(() => CountyPackageRules.LeadContract(year, none with { Insured = -1 }, Terms)));
        Assert.Equal("package", Refused(() => CountyPackageRules.LeadContract(year, none with { Reimbursed = Money.Fen(101) }, Terms)));
        Assert.Equal("prepaid", Refused(() => CountyPackageRules.PrivateContract(year with { Prepaid = Money.Fen(-1) }, Terms)));
        Assert.Equal("count", Refused(() => CountyPackageRules.CostByMethod([new("a", PaymentMethod.Drg, -1, Money.Fen(1))], Currency.Cny)));
        Assert.Equal("price", Refused(() => CountyPackageRules.CostByMethod([new("a", PaymentMethod.Drg, 1, Money.Fen(-1))], Currency.Cny)));
    }

    private static string Refused(Func<object> action) => Assert.Throws<FaultException>(action).Fault.Field;

    private static Money Part(ContractBalance contract, string name) => contract.Payment.Parts.Single(part => part.Name == name).Amount;

    private static (BigInteger Pay, BigInteger Surplus, BigInteger Forfeited) Slowly(CountyContractYear year, Money reimbursed)
    {
        var deducted = SlowCountyAssessment.Deducted(
            year.Indicator.MinorUnits, (int)(year.Found.Satisfaction!.Value * 10), year.Found.RefusedOrNotInstant, 5, 0, 0, year.Found.NotReimbursed, year.Found.Split);
        var (pay, surplus, _) = SlowCounty.Clear(year.Indicator.MinorUnits - deducted - reimbursed.MinorUnits, year.Violations.MinorUnits, year.Actual.MinorUnits);
        return (pay, surplus, SlowCountyAssessment.Release(SlowCountyAssessment.Deposit(year.Indicator.MinorUnits, 50), (int)year.Grade).ToReserve);
    }

    private static (CountyContractYear, LeadCharges) Drawn(
        long indicator, int satisfaction, int cases, long violations, int reimbursed, int? near, long far, AssessmentGrade grade, long prepaid)
    {
        var found = NothingFound with { Satisfaction = satisfaction / 10m, RefusedOrNotInstant = cases / 2, NotReimbursed = cases, Split = cases / 3 };
        var off = indicator * reimbursed / 1000;
        // Half of the years lie at the package itself, where pay changes its case.
        var adjusted = CountyPackageRules.DeductByIndicators(Money.Fen(indicator), found, Terms.Indicators).Value.Adjusted.MinorUnits;
        off = Math.Min(off, adjusted);
        var actual = near is { } step ? Math.Max(0, adjusted - off + step) : far;
        return (
            new CountyContractYear(Money.Fen(indicator), found, Money.Fen(violations), Money.Fen(actual), grade, Money.Fen(prepaid)),
            new LeadCharges(165_000, Money.Fen(off), Money.Fen(far / 4)));
    }

    private static ClearingFindings Found(string text)
    {
        if (text.Length == 0)
        {
            return NothingFound;
        }
        var parts = text.Split(':');
        return new ClearingFindings(
            decimal.Parse(parts[0], CultureInfo.InvariantCulture), Whole(1), HospitalLevel.One, Money.Parse(parts[2], Currency.Cny), Money.Parse(parts[3], Currency.Cny), Whole(4), Whole(5));

        int Whole(int i) => int.Parse(parts[i], CultureInfo.InvariantCulture);
    }

    private static MethodCost Cost(string text)
    {
        var parts = text.Split(':');
        return new MethodCost(parts[0], Enum.Parse<PaymentMethod>(parts[1]), long.Parse(parts[2], CultureInfo.InvariantCulture), Money.Parse(parts[3], Currency.Cny));
    }
}
