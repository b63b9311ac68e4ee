using EdgeHub.Rules;

namespace EdgeHub.Tests.Unit.Rules;

public sealed class SchemeParametersTests
{
    private const string Header = "key,value,unit,first day,last day,known from,article,checked on,note\n";
    private static readonly DateOnly Day = new(2025, 3, 12);

    [Fact]
    public void On_ValueKnownLater_SupersedesForTheDaysThatBothCover()
    {
        var parameters = SchemeParameters.Parse("p.csv", Header
            + "rate,0.02,share,2025-01-01,,2025-01-01,Z7,2025-01-01,\n"
            + "rate,0.03,share,2025-03-01,2025-03-31,2025-03-20,Z7,2025-03-20,\n");
        Assert.Equal(new Rate(0.02m), parameters.On(Day, new DateOnly(2025, 3, 19)).Share("rate"));
        Assert.Equal(new Rate(0.03m), parameters.On(Day, new DateOnly(2025, 3, 20)).Share("rate"));
        Assert.Equal(new Rate(0.03m), parameters.On(new DateOnly(2025, 3, 31), new DateOnly(2025, 4, 1)).Share("rate"));
        Assert.Equal(new Rate(0.02m), parameters.On(new DateOnly(2025, 4, 1), new DateOnly(2025, 4, 1)).Share("rate"));
    }

    [Fact]
    public void On_NothingOrTwo_IsRefusedByName()
    {
        var parameters = SchemeParameters.Parse("p.csv", Header
            + "rate,0.02,share,2025-01-01,,2025-01-01,Z7,2025-01-01,\n"
            + "rate,0.03,share,2025-01-01,,2025-01-01,Z7,2025-01-01,\n");
        Assert.Contains("rate", Assert.Throws<RuleConflict>(() => parameters.On(Day, Day).Share("rate")).Message);
        Assert.Contains("cap", Assert.Throws<RuleGap>(() => parameters.On(Day, Day).Amount("cap")).Message);
    }

    [Fact]
    public void Parse_FaultyRows_AreAllNamed()
    {
        var faults = Assert.Throws<FaultException>(() => SchemeParameters.Parse("p.csv", Header
            + "a,1.2,share,2025-01-01,,2025-01-01,Z5,2025-01-01,\n"
            + "b,x,count,2025-01-01,,2025-01-01,Z5,2025-01-01,\n"
            + "c,1,pieces,2025-01-01,,2025-01-01,Z5,2025-01-01,\n"
            + "d,1,count,2025-02-01,2025-01-31,2025-01-01,Z5,2025-01-01,\n"
            + "e,1,count,2025-02-30,,2025-01-01,Z5,2025-01-01,\n"
            + ",1,count,2025-02-01,,2025-01-01,Z5,2025-01-01,\n")).Faults;
        Assert.Equal(
            [Codes.BadRate, Codes.BadNumber, Codes.UnknownCode, Codes.BadDate, Codes.BadDate, Codes.Missing], faults.Select(f => f.Code));
        Assert.Equal("p.csv line 4 unit", faults[2].Field);
    }

    [Fact]
    public void DayAndNumber_Rows_AreReadAndRefusedWhenLoaded()
    {
        var on = SchemeParameters.Parse("p.csv", Header
            + "last,2025-03-31,day,2020-01-01,,2020-01-01,K13,2025-01-01,\nz,1.959964,number,2020-01-01,,2020-01-01,K9,2025-01-01,\n").On(Day, Day);
        Assert.Equal((new DateOnly(2025, 3, 31), 1.959964m), (on.DayOf("last"), on.Number("z")));
        Assert.Throws<FaultException>(() => on.Number("last"));
        var faults = Assert.Throws<FaultException>(() => SchemeParameters.Parse("p.csv", Header
            + "last,2025-02-29,day,2020-01-01,,2020-01-01,K13,2025-01-01,\nz,-1,number,2020-01-01,,2020-01-01,K9,2025-01-01,\n")).Faults;
        Assert.Equal([Codes.BadDate, Codes.BadNumber], faults.Select(f => f.Code));
    }

    [Fact]
    public void Share_OfAnAmount_IsRefused()
    {
        var parameters = SchemeParameters.Parse("p.csv", Header + "a,1.00,CNY,2020-01-01,,2020-01-01,Z5,2025-01-01,\n");
        Assert.Equal(new Fault(Codes.UnknownCode, "unit of a", "CNY", "share"), Assert.Throws<FaultException>(() => parameters.On(Day, Day).Share("a")).Fault);
    }
}
