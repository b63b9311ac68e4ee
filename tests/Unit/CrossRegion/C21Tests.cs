using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.CrossRegion;

namespace EdgeHub.Tests.Unit.CrossRegion;

public sealed class C21Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("C21");

    public static TheoryData<ExampleRow> Tables => ExampleTable.Of("C21-tables");

    [Theory, MemberData(nameof(Examples))]
    public void Confirmation_Example_DoesNotShift(ExampleRow row) => Assert.Equal(
        new ConfirmationWindow(row.Day("query from"), row.Day("confirm by")), CrossRegionRules.Confirmation(row.Month("cycle"), 21, 25).Value);

    [Theory, MemberData(nameof(Tables))]
    public void NotConfirmedYet_Example_NamesWhatIsLeftOfTheSeven(ExampleRow row) =>
        Assert.Equal(row.Words("left"), CrossRegionRules.NotConfirmedYet(row.Words("confirmed")).Value.Select(form => form.Name));

    [Fact]
    public void NotConfirmedYet_UnknownTable_IsRefused() =>
        Assert.Equal((Codes.UnknownCode, "status-notice"), Told(Assert.Throws<FaultException>(() => CrossRegionRules.NotConfirmedYet(["status-notice"])).Fault));

    [Fact]
    public void Clearing_Tables_AreTheDocumentsSevenWithTheDefaultColumns()
    {
        Assert.Equal(
            ["全国跨省异地就医费用清算表", "{0}跨省异地就医应付医疗费用清算表", "{0}跨省异地就医职工医保基金支付明细表", "{0}跨省异地就医居民医保基金支付明细表", "{0}跨省异地就医职工医保基金审核扣款明细表", "{0}跨省异地就医居民医保基金审核扣款明细表", "{0}跨省异地就医应收医疗费用清算表"],
            CrossRegionForms.Clearing.Select(form => form.Title));
        Assert.Equal(
            "number, counterpart province, persons, visits, total cost, pool, catastrophic, civil servant, assistance, other, fund total, deduction, supplement, cleared amount",
            string.Join(", ", CrossRegionForms.Named("payable").Fields));
        Assert.Equal(Codes.UnknownCode, Assert.Throws<FaultException>(() => CrossRegionForms.Named("no such form")).Fault.Code);
    }

    private static (string, string) Told(Fault fault) => (fault.Code, fault.Value);
}
