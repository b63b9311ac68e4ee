using EdgeHub.Rules;
using EdgeHub.Rules.Calendars;
using EdgeHub.Rules.Schemes.CrossRegion;

namespace EdgeHub.Tests.Unit.CrossRegion;

public sealed class C03Tests
{
    private static readonly DateTimeOffset Opened = new(2025, 1, 1, 0, 0, 0, TimeSpan.FromHours(8));

    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("C03");

    public static TheoryData<ExampleRow> Payments => ExampleTable.Of("C03-payment");

    public static TheoryData<ExampleRow> Steps => ExampleTable.Of("C03-steps");

    [Theory, MemberData(nameof(Examples))]
    public void ApplyForSuspensionBy_Example_CountsWorkingDaysBack(ExampleRow row) => Assert.Equal(
        row.Day("apply by"), CrossRegionRules.ApplyForSuspensionBy(row.Day("suspended from"), row.Whole("days"), WorkingDayCalendar.China).Value);

    [Theory, MemberData(nameof(Payments))]
    public void PaymentAtDischarge_Example_IsDirectOnlyWhereBothAreOpen(ExampleRow row)
    {
        var changes = new List<StatusChange>
        {
            new("53", Direction.InsuredPlace, Opened, true), new("5309", Direction.InsuredPlace, Opened, true), new("31", Direction.TreatmentPlace, Opened, true),
            // The other direction of the same areas is closed and changes nothing.
            new("53", Direction.TreatmentPlace, Opened, false), new("31", Direction.InsuredPlace, Opened, false),
        };
        Add("insured closed from", "5309", Direction.InsuredPlace, false);
        Add("treatment closed from", "31", Direction.TreatmentPlace, false);
        Add("reopened", "5309", Direction.InsuredPlace, true);
        changes.Reverse();
        Assert.Equal(row.Word<DischargePayment>("payment"), CrossRegionRules.PaymentAtDischarge(changes, ["53", "5309"], ["31"], row.Moment("discharged")).Value);

        void Add(string column, string area, Direction direction, bool isOpen)
        {
            if (row[column].Length > 0)
            {
                changes.Add(new StatusChange(area, direction, row.Moment(column), isOpen));
            }
        }
    }

    [Theory, MemberData(nameof(Steps))]
    public void ServiceGoes_EachState_OnlyAsTheTableSays(ExampleRow row) => StepRows.Hold(row, CrossRegionStates.Service, CrossRegionRules.ServiceGoes);

    [Fact]
    public void ServiceGoes_EveryState_HasItsRow() => StepRows.CoverEveryState<ServiceState>(Steps);

    [Fact]
    public void PaymentAtDischarge_AreaThatNeverOpened_PatientPaysAll() => Assert.Equal(
        DischargePayment.PatientPaysAll,
        CrossRegionRules.PaymentAtDischarge([new("53", Direction.InsuredPlace, Opened, true)], ["53"], ["31"], Opened.AddDays(1)).Value);

    [Fact]
    public void IsOpenAt_TwoChangesAtOneMoment_IsRefused()
    {
        StatusChange[] changes = [new("53", Direction.InsuredPlace, Opened, true), new("53", Direction.InsuredPlace, Opened.ToUniversalTime(), false)];
        var fault = Assert.Throws<FaultException>(() => CrossRegionRules.IsOpenAt(changes, "53", Direction.InsuredPlace, Opened)).Fault;
        Assert.Equal((Codes.Duplicated, "changes"), (fault.Code, fault.Field));
        Assert.True(Expectations.Knows(fault.Expected), fault.Expected);
    }

    [Fact]
    public void ApplyForSuspensionBy_YearNotAnnounced_IsRefusedByName() => Assert.Equal(
        2027, Assert.Throws<CalendarNotAnnounced>(() => CrossRegionRules.ApplyForSuspensionBy(new DateOnly(2027, 1, 4), 10, WorkingDayCalendar.China)).Year);

    [Fact]
    public void Forms_ApplicationAndNotice_HaveTheDocumentsFields() => Assert.All(
        CrossRegionForms.StatusChange,
        form => Assert.Equal("province, pooling area, year month day hour, direction, suspend or open, reason, signature, date", string.Join(", ", form.Fields)));

    /// <summary>Every area of the treatment place must be open, not one of them.</summary>
    [Fact]
    public void PaymentAtDischarge_OneTreatmentAreaClosed_PatientPaysAll()
    {
        StatusChange[] changes = [new("53", Direction.InsuredPlace, Opened, true), new("31", Direction.TreatmentPlace, Opened, true)];
        Assert.Equal(DischargePayment.Direct, CrossRegionRules.PaymentAtDischarge(changes, ["53"], ["31"], Opened.AddDays(1)).Value);
        Assert.Equal(DischargePayment.PatientPaysAll, CrossRegionRules.PaymentAtDischarge(changes, ["53"], ["31", "3101"], Opened.AddDays(1)).Value);
        Assert.Equal(DischargePayment.PatientPaysAll, CrossRegionRules.PaymentAtDischarge(changes, ["53", "5309"], ["31"], Opened.AddDays(1)).Value);
    }

    [Fact]
    public void IsOpenAt_LastChange_IsNamed()
    {
        StatusChange[] changes = [new("53", Direction.InsuredPlace, Opened, true)];
        Assert.Equal(Article.Written(Opened), CrossRegionRules.IsOpenAt(changes, "53", Direction.InsuredPlace, Opened).Inputs[^1].Value);
        Assert.Equal("", CrossRegionRules.IsOpenAt(changes, "53", Direction.InsuredPlace, Opened.AddDays(-1)).Inputs[^1].Value);
    }
}
