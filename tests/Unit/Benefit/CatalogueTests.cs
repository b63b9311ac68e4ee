using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;

namespace EdgeHub.Tests.Unit.Benefit;

public sealed class CatalogueTests
{
    private static readonly string?[] Good =
        ["NRDL24-1", null, "复方硼砂", "FFPS", "B", "9", "盒", "18.50", "10", "", "12.345678", null, "0.1", "2025-01-01", "2026-01-01", "限儿童"];

    [Fact]
    public void Read_Row_GivesTheItem()
    {
        var item = Loaded(Good);
        Assert.Equal(("NRDL24-1", "复方硼砂", "FFPS", "盒", "限儿童"), (item.Code, item.Name, item.Pinyin, item.Unit, item.Remark));
        Assert.Equal((CatalogueClass.B, ExpenseCategory.WesternDrugs, 18.50m, new Rate(0.1m)), (item.Class, item.Category, item.Price, item.PreSelfPay));
        Assert.Equal([10m, null, 12.345678m, null], item.PriceLimits);
        Assert.Equal(DateRange.Year(2025), item.Valid);
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(1, null)]
    [InlineData(3, null)]
    public void On_Level_TakesItsPriceLimit(int level, int? limit)
    {
        var terms = Assert.IsType<ItemOnDay.Usable>(Loaded(Good).On(Cases.Day, level)).Terms;
        Assert.Equal(limit, terms.PriceLimit);
        Assert.Equal(
            new BillLine(4, "NRDL24-1", ExpenseCategory.WesternDrugs, CatalogueClass.B, 18.50m, 2m, Money.Fen(3700), limit, new Rate(0.1m)),
            terms.Line(4, 18.50m, 2m, Money.Fen(3700)));
    }

    [Theory]
    [InlineData("2024-12-31", false)]
    [InlineData("2025-01-01", true)]
    [InlineData("2025-12-31", true)]
    [InlineData("2026-01-01", false)]
    public void On_Day_OnlyWithinTheItemsPeriod(string day, bool usable)
    {
        var on = Loaded(Good).On(DateOnly.Parse(day), 0);
        Assert.Equal(usable, on is ItemOnDay.Usable);
        if (on is ItemOnDay.Refused refused)
        {
            Assert.Equal((Codes.ItemNotValid, "NRDL24-1"), (refused.Code, refused.Fault.Value));
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(4)]
    public void On_NoSuchLevel_Throws(int level) => Assert.Equal("level", Assert.Throws<ArgumentOutOfRangeException>(() => Loaded(Good).On(Cases.Day, level)).ParamName);

    /// <summary>The ends of a cell: the largest price, the first and the last year, a share of all, the last category; an open end.</summary>
    [Fact]
    public void Read_CellsAtTheirEnds_AreTaken()
    {
        var item = Loaded(With((5, "14"), (7, "10000000"), (8, "0"), (12, "1"), (13, "1900-01-01"), (14, "2999-12-31")));
        Assert.Equal((10_000_000m, (decimal?)0m, Rate.One), (item.Price, item.PriceLimits[0], item.PreSelfPay));
        Assert.Equal((new DateOnly(1900, 1, 1), (DateOnly?)new DateOnly(2999, 12, 31)), (item.Valid.First, item.Valid.End));
        Assert.Null(Loaded(With((14, ""))).Valid.End);
    }

    [Theory]
    [InlineData(13, "1899-12-31")]
    [InlineData(13, "3000-01-01")]
    [InlineData(14, "3000-01-01")]
    [InlineData(14, "2024-12-31")]
    [InlineData(14, "never")]
    public void Read_DayOutOfBounds_IsRefused(int column, string value) => Assert.Equal(
        Codes.BadDate, Assert.IsType<CatalogueReading.Refused>(CatalogueReader.Read(With((column, value)))).Code);

    [Theory]
    [InlineData("A", "", 0)]
    [InlineData("A", "0", 0)]
    [InlineData("C", "", 1)]
    [InlineData("C", "1", 1)]
    [InlineData("B", "0", 0)]
    [InlineData("B", "1", 1)]
    public void Read_ShareOfClass_IsFixedForAAndC(string @class, string share, int expected) =>
        Assert.Equal(new Rate(expected), Loaded(With((4, @class), (12, share))).PreSelfPay);

    [Theory]
    [InlineData(0, "", Codes.Missing)]
    [InlineData(2, " ", Codes.Missing)]
    [InlineData(4, "甲", Codes.UnknownCode)]
    [InlineData(4, "a", Codes.UnknownCode)]
    [InlineData(5, "0", Codes.UnknownCode)]
    [InlineData(5, "15", Codes.UnknownCode)]
    [InlineData(7, "-1", Codes.BadNumber)]
    [InlineData(7, "1.1234567", Codes.BadNumber)]
    [InlineData(8, "10000001", Codes.BadNumber)]
    [InlineData(11, "1,5", Codes.BadNumber)]
    [InlineData(12, "", Codes.BadRate)]
    [InlineData(12, "1.1", Codes.BadRate)]
    [InlineData(13, "", Codes.BadDate)]
    [InlineData(13, "2025-13-01", Codes.BadDate)]
    [InlineData(14, "2025-01-01", Codes.BadDate)]
    public void Read_BadCell_IsNamedByColumn(int column, string value, string code)
    {
        var refused = Assert.IsType<CatalogueReading.Refused>(CatalogueReader.Read(With((column, value))));
        var fault = Assert.Single(refused.Faults);
        Assert.NotEmpty(fault.Expected);
        Assert.Equal((code, CatalogueReader.Columns[column], value), (fault.Code, fault.Field, fault.Value));
    }

    [Theory]
    [InlineData("A", "0.1")]
    [InlineData("C", "0")]
    public void Read_ShareThatTheClassForbids_IsRefused(string @class, string share) =>
        Assert.Equal(Codes.BadRate, Assert.IsType<CatalogueReading.Refused>(CatalogueReader.Read(With((4, @class), (12, share)))).Code);

    [Fact]
    public void Read_WrongNumberOfCells_IsRefused() =>
        Assert.Equal(Codes.BadLength, Assert.IsType<CatalogueReading.Refused>(CatalogueReader.Read(Good[..^1])).Code);

    [Fact]
    public void Read_SeveralBadCells_AllAreNamed() => Assert.Equal(
        ["class", "price", "first"],
        Assert.IsType<CatalogueReading.Refused>(CatalogueReader.Read(With((4, "X"), (7, "x"), (12, "1"), (13, "x")))).Faults.Select(fault => fault.Field));

    private static string?[] With(params (int Column, string? Value)[] changes)
    {
        string?[] cells = [.. Good];
        foreach (var (column, value) in changes)
        {
            cells[column] = value;
        }
        return cells;
    }

    private static CatalogueItem Loaded(string?[] cells) => Assert.IsType<CatalogueReading.Loaded>(CatalogueReader.Read(cells)).Item;
}
