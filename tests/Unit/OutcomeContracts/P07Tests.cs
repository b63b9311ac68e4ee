using System.Globalization;
using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.OutcomeContracts;

namespace EdgeHub.Tests.Unit.OutcomeContracts;

public sealed class P07Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("P07");

    public static TheoryData<ExampleRow> Consortia => ExampleTable.Of("P07-consortium");

    [Theory, MemberData(nameof(Examples))]
    public void Authorise_Example_NamesWhatFailed(ExampleRow row)
    {
        var failed = row.Words("failed").Select(Enum.Parse<ProviderCheck>).ToList();
        var authorised = OutcomeContractsRules.Authorise([.. Enum.GetValues<ProviderCheck>().Reverse().Select(check => (check, !failed.Contains(check)))]).Value;
        Assert.Equal(row.Yes("authorised"), authorised.IsAuthorised);
        Assert.Equal(failed, authorised.Failed);
    }

    [Theory, MemberData(nameof(Consortia))]
    public void DivideInConsortium_Example_SumsToThePay(ExampleRow row)
    {
        var parts = OutcomeContractsRules.DivideInConsortium(row.Kronor("pay"), [.. row.Words("weights").Select((weight, i) => ($"M{i}", decimal.Parse(weight, CultureInfo.InvariantCulture)))]).Value;
        Assert.Equal(row.Words("parts").Select(text => Money.Parse(text, Currency.Sek)), parts.Select(each => each.Amount));
    }

    [Fact]
    public void AuthoriseAndDivide_OutOfBounds_IsRefused()
    {
        var pay = new Money(100, Currency.Sek);
        Assert.Equal("check", P03Tests.Refused(() => OutcomeContractsRules.Authorise([])));
        Assert.Equal("check", P03Tests.Refused(() => OutcomeContractsRules.Authorise([(ProviderCheck.Lawful, true), (ProviderCheck.Lawful, true)])));
        Assert.Equal("check", P03Tests.Refused(() => OutcomeContractsRules.Authorise([.. Enum.GetValues<ProviderCheck>().Select(check => (check, true)), (ProviderCheck.Lawful, false)])));
        Assert.Equal("check", P03Tests.Refused(() => OutcomeContractsRules.Authorise([.. Enum.GetValues<ProviderCheck>().Skip(1).Select(check => (check, true))])));
        Assert.Equal("member", P03Tests.Refused(() => OutcomeContractsRules.DivideInConsortium(pay, [("A", 1), ("A", 1)])));
        Assert.Equal("weight", P03Tests.Refused(() => OutcomeContractsRules.DivideInConsortium(pay, [])));
        Assert.Equal("weight", P03Tests.Refused(() => OutcomeContractsRules.DivideInConsortium(pay, [("A", 0)])));
        Assert.Equal("weight", P03Tests.Refused(() => OutcomeContractsRules.DivideInConsortium(pay, [("A", 2), ("B", -1)])));
    }
}
