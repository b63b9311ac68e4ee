using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;

namespace EdgeHub.Tests.Unit.Benefit;

/// <summary>A person's settlements one after another, as a table: rows of one case belong together, in their order. A blank policy
/// is that of the row before; the policy stands as "column=value", as a book writes it.</summary>
public sealed record YearTable(string Case, IReadOnlyList<BenefitRow> Rows)
{
    public static TheoryData<YearTable> Of(string table)
    {
        var data = new TheoryData<YearTable>();
        foreach (var year in BenefitTable.Rows(table).GroupBy(row => row["case"]))
        {
            data.Add(new YearTable(year.Key, [.. year]));
        }
        return data;
    }

    public void Check()
    {
        var state = AccumulatorState.Empty;
        PolicyRow? policy = null;
        for (var i = 0; i < Rows.Count; i++)
        {
            var row = Rows[i];
            policy = row["policy"].Length > 0 ? Assert.Single(BookText.Loaded(BookText.Giving(row["policy"])).Rows) : policy;
            var share = BenefitRules.Share(
                new ShareCase(Visit(row), Cases.Person, Cases.Totals(row.Yuan("eligible").MinorUnits, row.YuanOrNone("self-pay")?.MinorUnits ?? 0)),
                policy ?? throw new InvalidOperationException($"{Case} begins without a policy."), state, Money.Fen(0), useAccount: false);
            state = state.With(share.Moves);
            var shares = share.Shares;
            Assert.Equal(
                $"{i + 1}: took {row.Yuan("took")}, fund {row.Yuan("fund")}, catastrophic {row.YuanOrNone("catastrophic") ?? Money.Fen(0)}, assistance {row.YuanOrNone("assistance") ?? Money.Fen(0)}, cash {row.Yuan("cash")}",
                $"{i + 1}: took {share.Deductible}, fund {shares.Fund}, catastrophic {shares.Catastrophic}, assistance {shares.Assistance}, cash {shares.Cash}");
        }
    }

    public override string ToString() => Case;

    private static VisitFacts Visit(BenefitRow row) => Cases.Visit(row.Day("day"), disease: row["disease"] is { Length: > 0 } disease ? disease : null) with
    {
        Institution = row["at"] is { Length: > 0 } at ? at : "530924100001",
        Referral = row["referral"].Length == 0 ? Referral.NotNeeded : row.Word<Referral>("referral"),
    };
}

/// <summary>Deductible modes over a year and its edges.</summary>
public sealed class B02YearTests
{
    public static TheoryData<YearTable> Years => YearTable.Of("B02-years");

    [Theory, MemberData(nameof(Years))]
    public void Share_Year_BearsEachSpansDeductible(YearTable year) => year.Check();
}

/// <summary>Caps of visit, day, month, quarter, institution and year, year, over a year and its edges.</summary>
public sealed class B27YearTests
{
    public static TheoryData<YearTable> Years => YearTable.Of("B27-years");

    [Theory, MemberData(nameof(Years))]
    public void Share_Year_StaysBelowEachSpansCap(YearTable year) => year.Check();
}

/// <summary>The disease cap beside the annual cap.</summary>
public sealed class B28YearTests
{
    public static TheoryData<YearTable> Years => YearTable.Of("B28-years");

    [Theory, MemberData(nameof(Years))]
    public void Share_Year_StaysBelowTheDiseaseCap(YearTable year) => year.Check();
}

/// <summary>Tiers, referral, catastrophic insurance and assistance together.</summary>
public sealed class B29YearTests
{
    public static TheoryData<YearTable> Years => YearTable.Of("B29-years");

    [Theory, MemberData(nameof(Years))]
    public void Share_Year_LayersPayOnTheYearsOwnPay(YearTable year) => year.Check();
}
