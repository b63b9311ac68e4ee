using EdgeHub.Rules;
using EdgeHub.Rules.Payment;

namespace EdgeHub.Tests.Unit.Rules;

public sealed class PaymentComponentTests
{
    private static readonly Money Yuan = Money.Fen(100);

    [Fact]
    public void CapitatedPackage_Whole_IsItsAmountAndAPersonsPartIsExact()
    {
        var package = new PaymentComponent.CapitatedPackage("package", 3, Yuan);
        Assert.Equal((PaymentModel.Capitation, Yuan, new Fraction(100, 3)), (package.Model, package.Amount, package.PerPerson));
        Assert.Null((package with { Persons = 0 }).PerPerson);
    }

    [Fact]
    public void Sum_Corrections_CountWithTheModelTheyCorrect()
    {
        var paid = ContractPayment.Sum(
            [
                new PaymentComponent.PricedActs("stays", 2, Yuan), new PaymentComponent.Correction("audit", PaymentModel.FeeForService, -Yuan - Yuan),
                new PaymentComponent.GoalRelated("penalty", -Yuan),
            ],
            Currency.Cny);
        Assert.Equal((-Yuan, -Yuan, -Yuan - Yuan), (paid.Of(PaymentModel.FeeForService), paid.Of(PaymentModel.GoalRelated), paid.Total));
    }

    [Fact]
    public void Sum_PackageOrActsBelowZero_AreRefused()
    {
        Assert.Equal((Codes.BadAmount, "package"), Refused(() => ContractPayment.Sum([new PaymentComponent.CapitatedPackage("package", 1, -Yuan)], Currency.Cny)));
        Assert.Equal((Codes.BadAmount, "stays"), Refused(() => ContractPayment.Sum([new PaymentComponent.PricedActs("stays", 1, -Yuan)], Currency.Cny)));
        Assert.Equal((Codes.BadAmount, "grant"), Refused(() => ContractPayment.Sum([new PaymentComponent.BlockGrant("grant", -Yuan)], Currency.Cny)));
    }

    [Fact]
    public void Balance_Advances_AreTakenOffUnlessTheyStand()
    {
        var payment = ContractPayment.Sum([new PaymentComponent.BlockGrant("grant", Yuan)], Currency.Cny);
        var balance = ContractBalance.Of(payment, [new("prepaid", Money.Fen(130), false), new("float", Money.Fen(7), true)]);
        Assert.Equal((Money.Fen(-30), Money.Fen(7)), (balance.Transfer, balance.Standing));
        Assert.Equal(Yuan, ContractBalance.Of(payment, []).Transfer);
        Assert.Equal((Codes.Duplicated, "advance"), Refused(() => ContractBalance.Of(payment, [new("a", Yuan, true), new("a", Yuan, false)])));
        Assert.Equal((Codes.BadAmount, "a"), Refused(() => ContractBalance.Of(payment, [new("a", -Yuan, true)])));
    }

    private static (string, string) Refused(Func<object> action)
    {
        var fault = Assert.Throws<FaultException>(action).Fault;
        Assert.True(Expectations.Knows(fault.Expected), fault.Expected);
        return (fault.Code, fault.Field);
    }
}
