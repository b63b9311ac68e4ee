using EdgeHub.Rules;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeHub.Tests.Unit.Rules;

public sealed class DatedTests
{
    private static readonly DateOnly Start = new(2025, 1, 1);

    private static readonly Dated<int> Cap = new("daily cap",
    [
        Value(2025, 1, 1, 2025, 7, 1, known: "2024-12-01", 30),
        Value(2025, 7, 1, null, null, null, known: "2024-12-01", 40),
        Value(2025, 4, 1, 2025, 7, 1, known: "2025-05-15", 35),
    ]);

    [Theory]
    [InlineData("2025-01-01", "2025-01-01", 30)]
    [InlineData("2025-06-30", "2025-05-14", 30)]
    [InlineData("2025-06-30", "2025-05-15", 35)]
    [InlineData("2025-04-01", "2025-12-31", 35)]
    [InlineData("2025-03-31", "2025-12-31", 30)]
    [InlineData("2025-07-01", "2025-07-01", 40)]
    [InlineData("2099-01-01", "2024-12-01", 40)]
    public void On_ServiceDayAndKnowledge_GiveTheOneValue(string serviceDay, string knownOn, int expected) =>
        Assert.Equal(expected, Cap.On(DateOnly.Parse(serviceDay), DateOnly.Parse(knownOn)));

    [Theory]
    [InlineData("2024-12-31", "2025-12-31")]
    [InlineData("2025-01-01", "2024-11-30")]
    public void On_NothingValidOrKnown_IsAGapByName(string serviceDay, string knownOn)
    {
        var gap = Assert.Throws<RuleGap>(() => Cap.On(DateOnly.Parse(serviceDay), DateOnly.Parse(knownOn)));
        Assert.Contains("daily cap", gap.Message, StringComparison.Ordinal);
        Assert.Contains(serviceDay, gap.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void On_TwoKnownOnTheSameDay_IsAConflictUnlessBothAreSuperseded()
    {
        DatedValue<int>[] twice = [Value(2025, 1, 1, null, null, null, "2024-12-01", 30), Value(2025, 1, 1, null, null, null, "2024-12-01", 30)];
        var conflict = Assert.Throws<RuleConflict>(() => new Dated<int>("cap", twice).On(Start, Start));
        Assert.Contains("cap", conflict.Message, StringComparison.Ordinal);
        var corrected = new Dated<int>("cap", [.. twice, Value(2025, 1, 1, null, null, null, "2025-02-01", 31)]);
        Assert.Equal(31, corrected.On(Start, new DateOnly(2025, 2, 1)));
        Assert.Throws<RuleConflict>(() => corrected.On(Start, new DateOnly(2025, 1, 31)));
    }

    /// <summary>Against a plain second reading: of the values valid and known, the newest knowledge wins, alone.</summary>
    [Fact]
    public void On_AnyValuesInAnyOrder_IsTheNewestKnowledge()
    {
        var value =
            from first in Gen.Choose(0, 5)
            from length in Gen.Choose(1, 5)
            from known in Gen.Choose(0, 4)
            select (First: first, Length: length, Known: known);
        var cases =
            from size in Gen.Choose(0, 6)
            from values in value.ArrayOf(size)
            from day in Gen.Choose(0, 10)
            from knownOn in Gen.Choose(0, 4)
            select (Values: values, Day: day, KnownOn: knownOn);
        Prop.ForAll(cases.ToArbitrary(), each =>
        {
            var dated = new Dated<int>("cap", [.. each.Values.Select((v, i) => new DatedValue<int>(
                new DateRange(Start.AddDays(v.First), Start.AddDays(v.First + v.Length)), Start.AddDays(v.Known), i))]);
            var newest = each.Values.Select((v, i) => (Value: v, Index: i))
                .Where(v => v.Value.First <= each.Day && each.Day < v.Value.First + v.Value.Length && v.Value.Known <= each.KnownOn)
                .GroupBy(v => v.Value.Known).MaxBy(group => group.Key)?.ToArray();
            try
            {
                return dated.On(Start.AddDays(each.Day), Start.AddDays(each.KnownOn)) == newest?.Single().Index;
            }
            catch (RuleGap)
            {
                return newest is null;
            }
            catch (RuleConflict)
            {
                return newest is { Length: > 1 };
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));
    }

    private static DatedValue<int> Value(int year, int month, int day, int? endYear, int? endMonth, int? endDay, string known, int value) => new(
        new DateRange(new DateOnly(year, month, day), endYear is null ? null : new DateOnly(endYear.Value, endMonth!.Value, endDay!.Value)),
        DateOnly.Parse(known), value);
}
