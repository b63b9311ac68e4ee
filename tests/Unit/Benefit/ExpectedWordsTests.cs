using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;

namespace EdgeHub.Tests.Unit.Benefit;

/// <summary>What would be right is said in the reader's language for every fault that these rules give.</summary>
public sealed class ExpectedWordsTests
{
    private const string Good = "530924,390,11,no,0,,,,,,,,none,,0.6,30.00,";

    private static readonly string[] BadBooks =
    [
        "", "[]", BookText.Of("").Replace(",\"\"]", "]"), BookText.Of(Good, Good), BookText.Of(Good).Replace("daily_cap", "dailycap"),
        BookText.Of(Good).Replace("annual_cap\"", "annual_cap,cap\"").Replace(Good, Good + ","), BookText.Of(Good).Replace("\"source\":\"sample\"", "\"source\":\"\",\"x\":1"),
        BookText.Of(Good).Replace("\"id\":\"test\",\"version\":1", "\"id\":\"a b\",\"version\":0"), BookText.Of(Good).Replace("2025-12-31", "2024-12-31"),
        BookText.Of(Good).Replace("CNY", "EUR").Replace("2024-12-20", "x"), BookText.With("{}", Good), BookText.With("[1,{\"level\":\"0\",\"x\":1}]", Good),
        BookText.With("""[{"pooling_area":"530924","level":"1"}]""", Good), BookText.Of(Good).Replace($"[\"{BookText.Header}\",\"{Good}\"]", "1"),
        BookText.Of(",x y,,maybe,9,12345678901234567890123456789012345678901,,9,9,,2024-01-01,x,week,-1,2,x,-1"),
        BookText.Of("530924,,,,,,,200,0,,2025-03-01,2025-02-01,visit,0,0.1234567,1.001,", "530924,,,,,,,,,,,2026-02-01,none,1,,,"),
    ];

    [Fact]
    public void Read_BadBooks_SayWhatIsRightInEachLanguage() =>
        Known(BadBooks.SelectMany(book => BookText.Refused(book).Faults));

    [Fact]
    public void SplitLines_BadLines_SayWhatIsRightInEachLanguage() => Known(
    [
        .. B16Tests.Refused().Faults,
        .. B16Tests.Refused([.. Enumerable.Range(0, 501).Select(no => Cases.Line(no, CatalogueClass.A, 1m, 1m))]).Faults,
        .. B16Tests.Refused(
            Cases.Line(1, CatalogueClass.A, -1m, 0m, amount: -1, share: 0.5m), Cases.Line(1, CatalogueClass.B, 1m, 1m, amount: 900, share: 2m),
            Cases.Line(2, (CatalogueClass)7, 1m, 1m, priceLimit: -1m, category: (ExpenseCategory)99) with { Amount = new Money(100, Currency.Gbp) }).Faults,
        .. B16Tests.Refused(Cases.Line(1, CatalogueClass.A, 0m, 1m)).Faults,
    ]);

    [Fact]
    public void Choose_NoneTwoAndUnborn_SayWhatIsRightInEachLanguage()
    {
        var row = Cases.Row(DeductibleMode.None, 0, 0.6m);
        Known(new[]
        {
            RowChoice.Of(Cases.Book(), Cases.Visit(), Cases.Person), RowChoice.Of(Cases.Book(row, row), Cases.Visit(), Cases.Person),
            RowChoice.Of(Cases.Book(row), Cases.Visit(), Cases.Person with { BirthDate = Cases.Day.AddDays(1) }),
        }.Select(choice => Assert.IsType<RowChoice.Refused>(choice).Fault));
    }

    [Fact]
    public void RowChoice_None_NamesTheCaseByCodesInFull()
    {
        var fault = Assert.IsType<RowChoice.Refused>(RowChoice.Of(Cases.Book(), Cases.Visit(), Cases.Person)).Fault;
        Assert.Equal("530924/390/11/no/0/clinic/adult/45/-/2025-03-12", fault.ShownValue);
    }

    [Fact]
    public void Read_BadParametersAndItems_SayWhatIsRightInEachLanguage() => Known(
    [
        .. Assert.Throws<FaultException>(() => OfflineLimitsReader.Read(OfflineLimitNames.All.ToDictionary(name => name, _ => "?"), Currency.Cny)).Faults,
        .. Assert.Throws<FaultException>(() => OfflineLimitsReader.Read(new Dictionary<string, string> { [OfflineLimitNames.SnapshotRefuseDays] = "1" }, Currency.Cny)).Faults,
        .. Assert.IsType<CatalogueReading.Refused>(CatalogueReader.Read(Enumerable.Repeat<string?>("?", CatalogueReader.Columns.Count).ToList())).Faults,
        .. Assert.IsType<CatalogueReading.Refused>(CatalogueReader.Read([])).Faults,
        .. Assert.IsType<CatalogueReading.Refused>(CatalogueReader.Read(["", "", "", "", "A", "1", "", "", "", "", "", "", "1", "2025-01-01", "2025-01-01", ""])).Faults,
    ]);

    private static void Known(IEnumerable<Fault> faults) =>
        Assert.Empty(faults.Where(fault => !Expectations.Knows(fault.Expected)).Select(fault => $"{fault.Field}: {fault.Expected}").Distinct());
}
