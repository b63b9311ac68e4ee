using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.CountyPackage;

namespace EdgeHub.Tests.Unit.CountyPackage;

public sealed class Z02Tests
{
    private static readonly PackageScope Zhenkang = new("530924", ["390"]);

    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("Z02");

    [Theory, MemberData(nameof(Examples))]
    public void ChargeOf_Example_IsChargedWhereTheDocumentSays(ExampleRow row) => Holds(row, CountyPackageArticles.Z02);

    [Fact]
    public void ChargeOf_UnknownVisitType_IsRefusedByName()
    {
        var fault = Assert.Throws<FaultException>(() => CountyPackageRules.ChargeOf(
            new PackageCase("390", "530924", "99", ProviderKind.Alliance), Zhenkang, VisitClasses.Shipped)).Fault;
        Assert.Equal((Codes.UnknownCode, "visitType", "99"), (fault.Code, fault.Field, fault.Value));
    }

    [Fact]
    public void Parse_ClassUnknownOrCodeTwice_NamesEachRow()
    {
        var faults = Assert.Throws<FaultException>(() => VisitClasses.Parse("v.csv", "code,class,note\n11,Outpatient,\n11,Inpatient,\n12,3,\n")).Faults;
        Assert.Equal([(Codes.Duplicated, "v.csv line 3 code"), (Codes.UnknownCode, "v.csv line 4 class")], faults.Select(f => (f.Code, f.Field)));
    }

    internal static void Holds(ExampleRow row, Article article)
    {
        var charge = CountyPackageRules.ChargeOf(
            new PackageCase(row["insurance type"], row["pooling area"], row["visit type"], row.Word<ProviderKind>("provider")), Zhenkang, VisitClasses.Shipped);
        Assert.Equal(new PackageCharge(row.Word<ChargedTo>("charged to"), row.Word<VisitClass>("class")), charge.Value);
        Assert.Equal(article, charge.Article);
    }
}
