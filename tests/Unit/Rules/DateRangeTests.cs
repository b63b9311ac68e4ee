using EdgeHub.Rules;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeHub.Tests.Unit.Rules;

public sealed class DateRangeTests
{
    private static readonly DateOnly Start = new(2025, 1, 1);

    private static readonly Gen<DateRange> Ranges =
        from first in Gen.Choose(0, 20)
        from length in Gen.Choose(1, 10)
        from open in Gen.Choose(0, 3)
        select new DateRange(Start.AddDays(first), open == 0 ? null : Start.AddDays(first + length));

    [Theory]
    [InlineData("2024-12-31", false)]
    [InlineData("2025-01-01", true)]
    [InlineData("2025-12-31", true)]
    [InlineData("2026-01-01", false)]
    public void Contains_HalfOpenYear_IncludesFirstNotEnd(string day, bool inside) =>
        Assert.Equal(inside, DateRange.Year(2025).Contains(DateOnly.Parse(day)));

    [Fact]
    public void Inclusive_LastDay_IsInside()
    {
        var range = DateRange.Inclusive(Start, new DateOnly(2025, 12, 31));
        Assert.Equal(DateRange.Year(2025), range);
        Assert.Equal(new DateOnly(2025, 12, 31), range.LastDay);
        Assert.Null(DateRange.From(Start).LastDay);
        Assert.Equal(DateRange.From(Start), DateRange.Inclusive(Start, null));
        Assert.Equal(new DateOnly(2024, 2, 29), DateRange.Month(2024, 2).LastDay);
        Assert.Equal("2025-01-01..2026-01-01", range.ToString());
        Assert.Equal("2025-01-01..", DateRange.From(Start).ToString());
    }

    [Fact]
    public void Construction_EndNotAfterFirst_Throws()
    {
        Assert.Throws<ArgumentException>(() => new DateRange(Start, Start));
        Assert.Throws<ArgumentException>(() => new DateRange(Start, Start.AddDays(-1)));
        Assert.Throws<ArgumentException>(() => DateRange.Inclusive(Start, Start.AddDays(-1)));
    }

    [Fact]
    public void Overlaps_IsThatADayIsInBoth() => Check(
        from a in Ranges from b in Ranges select (A: a, B: b),
        each =>
        {
            var shared = Enumerable.Range(0, 40).Any(day => each.A.Contains(Start.AddDays(day)) && each.B.Contains(Start.AddDays(day)));
            return each.A.Overlaps(each.B) == shared && each.B.Overlaps(each.A) == shared;
        });

    [Fact]
    public void Adjacent_Years_DoNotOverlap() => Assert.False(DateRange.Year(2025).Overlaps(DateRange.Year(2026)));

    private static void Check<T>(Gen<T> cases, Func<T, bool> holds) =>
        Prop.ForAll(cases.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
}
