using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;

namespace EdgeHub.Tests.Unit.Benefit;

/// <summary>B1: exactly one row matches a case; a book that can match two, or that leaves a declared case open, does not load.</summary>
public sealed class B01Tests
{
    private static readonly DateOnly Born = new(1980, 3, 12);

    public static TheoryData<BenefitRow> Examples => BenefitTable.Of("B01");

    /// <summary>Each row of the table changes one part of the key of a single row, and says whether the case still matches.</summary>
    [Theory, MemberData(nameof(Examples))]
    public void RowChoice_Example_MatchesOrNot(BenefitRow row)
    {
        var text = BookText.Of($"{row["key"]},none,,0.6,,");
        var day = row.Day("day");
        var visit = new VisitFacts("530924", row["visit"], row["out of area"] == "yes", "530924100001", (int)row.Count("level"), "village_clinic", day, row["disease"] is { Length: > 0 } disease ? disease : null);
        var person = new PersonFacts("390", "adult", row.Day("born"));

        var choice = RowChoice.Of(BookText.Loaded(text), visit, person);

        if (row["matches"] == "yes")
        {
            Assert.Equal(1, Assert.IsType<RowChoice.Chosen>(choice).Row.Id);
        }
        else
        {
            Assert.Equal(Codes.NoPolicy, Assert.IsType<RowChoice.Refused>(choice).Code);
        }
    }

    /// <summary>Two rows by their keys: whether they can match a same case.</summary>
    public static TheoryData<BenefitRow> Pairs => BenefitTable.Of("B01-pairs");

    [Theory, MemberData(nameof(Pairs))]
    public void Read_TwoRows_OverlapRefusesWithBothShown(BenefitRow row)
    {
        var reading = PolicyBookReader.Read(BookText.Of($"{row["one"]},none,,0.6,,", $"{row["other"]},none,,0.5,,"));
        if (row["overlap"] == "no")
        {
            Assert.IsType<PolicyBookReading.Loaded>(reading);
            return;
        }
        var refused = Assert.IsType<PolicyBookReading.Refused>(reading);
        var fault = Assert.Single(refused.Faults);
        Assert.Equal((Codes.PolicyConflict, "rows[1], rows[2]", BenefitArticles.B01), (fault.Code, fault.Field, refused.Article));
        Assert.Contains(" | ", fault.Value);
    }

    [Fact]
    public void RowChoice_TwoRowsMatch_RefusesWithBothNumbers()
    {
        var row = Cases.Row(DeductibleMode.None, 0, 0.6m);
        var refused = Cases.Refused(BenefitRules.Compute(
            Cases.Bill(Cases.Line(1, CatalogueClass.A, 1m, 1m)), Cases.Book(row, row with { Id = 7 }), AccumulatorState.Empty, Money.Fen(0), useAccount: false));
        Assert.Equal((Codes.PolicyConflict, BenefitArticles.B01), (refused.Code, refused.Article));
        Assert.Contains("rows 1, 7 match", Assert.Single(refused.Faults).Expected);
    }

    [Fact]
    public void RowChoice_ServiceDayOutsideTheBook_Refuses() => Assert.Equal(
        Codes.NoPolicy,
        Assert.IsType<RowChoice.Refused>(RowChoice.Of(Cases.Book(Cases.Row(DeductibleMode.None, 0, 0.6m)), Cases.Visit(new DateOnly(2026, 1, 1)), Cases.Person)).Code);

    [Fact]
    public void RowChoice_BornAfterTheServiceDay_IsAFaultOfTheDate() => Assert.Equal(
        Codes.BadDate,
        Assert.IsType<RowChoice.Refused>(RowChoice.Of(Cases.Book(Cases.Row(DeductibleMode.None, 0, 0.6m)), Cases.Visit(), Cases.Person with { BirthDate = Cases.Day.AddDays(1) })).Code);

    [Fact]
    public void RowChoice_AdmittedAfterTheServiceDay_IsAFaultOfTheDate()
    {
        var book = Cases.Book(Cases.Row(DeductibleMode.None, 0, 0.6m));
        var refused = Assert.IsType<RowChoice.Refused>(RowChoice.Of(book, Cases.Visit() with { Admitted = Cases.Day.AddDays(1) }, Cases.Person));
        Assert.Equal((Codes.BadDate, "admitted"), (refused.Code, refused.Fault.Field));
        Assert.True(Expectations.Knows(refused.Fault.Expected), refused.Fault.Expected);
        Assert.IsType<RowChoice.Chosen>(RowChoice.Of(book, Cases.Visit() with { Admitted = Cases.Day }, Cases.Person));
    }

    /// <summary>A county's book in small: one row for each kind of case. Which row's rate a case gets.</summary>
    public static TheoryData<BenefitRow> Choices => BenefitTable.Of("B01-choices");

    [Theory, MemberData(nameof(Choices))]
    public void RowChoice_CountyBook_ChoosesTheRowOfTheCase(BenefitRow row)
    {
        var book = BookText.Loaded(BookText.Of([.. BenefitTable.Rows("B01-book").Select(each => $"{each["key"]},none,,{each["rate"]},,")]));
        var visit = Cases.Visit(row.Day("discharge"), (int)row.Count("level"), row["visit"], row["disease"] is { Length: > 0 } disease ? disease : null) with
        {
            OutOfArea = row.Yes("out of area"), InstitutionType = row["institution"], Admitted = row["admitted"].Length > 0 ? row.Day("admitted") : null,
        };
        var choice = RowChoice.Of(book, visit, new PersonFacts(row["insurance"], row["person"], row.Day("born")));
        Assert.Equal(row["rate"], choice is RowChoice.Chosen chosen ? chosen.Row.FundRate.Value.ToString(System.Globalization.CultureInfo.InvariantCulture) : ((RowChoice.Refused)choice).Code);
    }

    [Theory]
    [InlineData("2025-03-11", 44)]
    [InlineData("2025-03-12", 45)]
    [InlineData("2025-03-13", 45)]
    [InlineData("1980-03-12", 0)]
    [InlineData("1981-03-11", 0)]
    public void AgeOn_Day_IsFullYears(string day, int age) => Assert.Equal(age, new PersonFacts("390", "adult", Born).AgeOn(DateOnly.Parse(day)));

    [Theory]
    [InlineData("2025-02-28", 0)]
    [InlineData("2025-03-01", 1)]
    [InlineData("2028-02-28", 3)]
    [InlineData("2028-02-29", 4)]
    public void AgeOn_BornOnLeapDay_FullOnTheFirstOfMarchOfACommonYear(string day, int age) =>
        Assert.Equal(age, new PersonFacts("390", "adult", new DateOnly(2024, 2, 29)).AgeOn(DateOnly.Parse(day)));

    [Theory]
    [InlineData("2025-06-30", "2025-07-15", "v1")]
    [InlineData("2025-07-01", "2025-06-30", "v1")]
    [InlineData("2025-07-01", "2025-07-01", "v2")]
    [InlineData("2025-06-30", "2025-08-01", "v3")]
    [InlineData("2025-07-01", "2025-07-31", "v2")]
    [InlineData("2025-01-01", "2025-12-31", "v3")]
    public void Choose_Book_LatestKnownThatHoldsOnTheDay(string day, string knownOn, string id)
    {
        PolicyBook Book(string name, string first, string knownFrom) => Cases.Book(Cases.Row(DeductibleMode.None, 0, 0.6m)) with
        {
            Reference = new PolicyReference(name, 1, "00"), Effective = DateRange.From(DateOnly.Parse(first)), KnownFrom = DateOnly.Parse(knownFrom),
        };
        PolicyBook[] books = [Book("v1", "2025-01-01", "2024-12-20"), Book("v2", "2025-07-01", "2025-07-01"), Book("v3", "2025-01-01", "2025-08-01")];
        Assert.Equal(id, PolicyBooks.Choose(books, DateOnly.Parse(day), DateOnly.Parse(knownOn)).Reference.Id);
    }

    [Fact]
    public void Choose_NoneKnownYetOrTwoAtOnce_ThrowsByName()
    {
        var book = Cases.Book(Cases.Row(DeductibleMode.None, 0, 0.6m));
        var other = book with { Reference = new PolicyReference("other", 1, "01") };
        var higher = book with { Reference = new PolicyReference("test", 2, "02") };

        Assert.Throws<RuleGap>(() => PolicyBooks.Choose([book], Cases.Day, book.KnownFrom.AddDays(-1)));
        Assert.Throws<RuleGap>(() => PolicyBooks.Choose([book], new DateOnly(2026, 1, 1), Cases.Day));
        Assert.Throws<RuleGap>(() => PolicyBooks.Choose([], Cases.Day, Cases.Day));
        Assert.Throws<RuleConflict>(() => PolicyBooks.Choose([book, other], Cases.Day, Cases.Day));
        Assert.Equal(2, PolicyBooks.Choose([higher, book], Cases.Day, Cases.Day).Reference.Version);
    }
}
