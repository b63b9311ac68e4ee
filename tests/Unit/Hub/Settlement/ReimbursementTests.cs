using EdgeHub.Sync.Journal;
using EdgeHub.Tests.Unit.Hub.Lab;

namespace EdgeHub.Tests.Unit.Hub.Settlement;

/// <summary>An invoice that the patient paid in full (Z20, Z37): the hub computes what each payer owes the person, and the package
/// bears the fund's share. Book: deductible 100.00 a year, then 60 %, cap 400.00; catastrophic 50 % of own pay above 200.00.</summary>
public sealed class ReimbursementTests : IDisposable
{
    private const string Ana = "53092400000001";
    private readonly SettlementLab _lab = new(LabPolicy.Layered);
    private readonly LabSite _north;
    private readonly LabSite _south;

    public ReimbursementTests()
    {
        _lab.Person(Ana);
        _north = _lab.Site("530924100201", 1);
        _south = _lab.Site("530924100202", 2);
    }

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void Settle_Invoice_IsOwedToThePersonByEachPayerAndPaidAtAnySite()
    {
        var claim = _north.Claim(Ana, "2025-03-01", 600.00m, "2025-03-20", "INV-1");
        Deliver();

        Assert.Equal("Adjusted  ManualReimbursement 30000+5000+0/0/25000 Person", _lab.Decision(claim.Claim));
        Assert.Equal("35000 35000 ManualReimbursement 530924100201", _lab.Query<string>("select amount || ' ' || open || ' ' || cause || ' ' || site from public_payable").Single());
        Assert.Equal((-30_000, -5_000, 35_000), (_lab.Balance("PackageBudget", "*"), _lab.Balance("CatastrophicPremium", "*"), _lab.Balance("PayableTo", Ana)));
        Assert.Equal("530900200001 LeadPackage 30000 5000", _lab.Query<string>(
            "select institution || ' ' || charged_to || ' ' || owed || ' ' || other_owed from public_decided_rollup").Single());

        _south.Write(Kinds.RefundPaid, "2025-03-25", new RefundPaid(Guid.Parse("00000000-0000-7000-8000-000000000001"), "k", claim.Claim, Guid.Empty, Ana, _south.Code, "CNY", 35_000, "op"));
        Deliver();
        Assert.Equal((0, 30_000, 5_000), (_lab.Balance("PayableTo", Ana), _lab.Balance("SettledPool", _south.Code), _lab.Balance("SettledCatastrophic", _south.Code)));
    }

    [Fact]
    public void Settle_InvoiceOfAnEarlierDay_GoesBeforeWhatFollowsIt()
    {
        var visit = _south.Settle(Ana, "2025-03-10", 150.00m);
        Deliver();
        Assert.Equal("Accepted   3000/0/12000 Nobody", _lab.Decision(visit.Settlement));

        _north.Claim(Ana, "2025-03-01", 600.00m, "2025-03-20", "INV-1");
        Deliver();

        // The deductible is used: 150 x 0.6 = 90; own pay 60 more above 200: 30. The patient paid 90 too much.
        Assert.Equal("Adjusted  AccumulatorsStale 9000+3000+0/0/3000 Person", _lab.Decision(visit.Settlement));
    }

    [Theory]
    [InlineData("INV-1", "915300000000000001", true)]
    [InlineData(" inv-1 ", "915300000000000001", true)]
    [InlineData("INV-2", "915300000000000001", false)]
    [InlineData("INV-1", "915300000000000002", false)]
    public void Settle_TheSameInvoiceAtAnotherDesk_IsRefusedWithACase(string invoice, string issuer, bool twice)
    {
        _north.Claim(Ana, "2025-03-01", 600.00m, "2025-03-20", "INV-1");
        var second = _south.Claim(Ana, "2025-03-01", 600.00m, "2025-03-21", invoice, issuer: issuer);
        Deliver();

        Assert.Equal(twice, _lab.Decision(second.Claim) == "Refused Duplicate Duplicate 0/0/0 Nobody");
        Assert.Equal(twice ? 60_000 : 0, _lab.Number("select cast(coalesce(sum(amount), 0) as bigint) from public_recovery_case where kind = 'Duplicate'"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Settle_VisitThatWasSettledOnTheSpotToo_IsRefusedUntilPeopleHaveLooked(bool invoiceFirst)
    {
        var claim = _north.Claim(Ana, "2025-03-01", 600.00m, "2025-03-20", "INV-1", institution: _south.Code);
        var visit = _south.Settle(Ana, "2025-03-01", 600.00m);
        (invoiceFirst ? _north : _south).Send();
        _lab.SettleAll();
        Deliver();

        Assert.Equal("Refused PossibleDouble PossibleDouble 0/0/0 Nobody", _lab.Decision(claim.Claim));
        Assert.Equal("Accepted   30000+5000+0/0/25000 Nobody", _lab.Decision(visit.Settlement));
        Assert.Equal(60_000, _lab.Number("select amount from public_recovery_case where kind = 'PossibleDouble' and status = 'Open'"));
        Assert.Equal(0, _lab.Balance("PayableTo", Ana));

        _south.Reverse(visit, "2025-03-22");
        Deliver();
        Assert.Equal("Adjusted  ManualReimbursement 30000+5000+0/0/25000 Person", _lab.Decision(claim.Claim));
        Assert.Equal(0, _lab.Number("select count(*) from public_recovery_case where status = 'Open'"));
    }

    [Theory]
    [InlineData("53092499999999", "UnknownPerson")]
    [InlineData(Ana, "NotCovered")]
    public void Settle_InvoiceOfSomebodyNotCovered_IsRefused(string person, string code)
    {
        _lab.Person(Ana, coverEnd: "2025-02-01", version: 3);
        var claim = _north.Claim(person, "2025-03-01", 600.00m, "2025-03-20", "INV-1");
        Deliver();

        Assert.Equal($"Refused {code} {code} 0/0/0 Nobody", _lab.Decision(claim.Claim));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Settle_InvoiceRefusedForItsCoverClaimedAgain_IsOwedOnce(bool twiceAgain)
    {
        _lab.Person(Ana, coverEnd: "2025-02-01", version: 3);
        var refused = _north.Claim(Ana, "2025-03-01", 600.00m, "2025-03-20", "INV-1");
        Deliver();
        _lab.Person(Ana, version: 4);
        var again = _south.Claim(Ana, "2025-03-01", 600.00m, "2025-03-25", "INV-1");
        if (twiceAgain)
        {
            _north.Claim(Ana, "2025-03-01", 600.00m, "2025-03-26", "INV-1");
        }
        Deliver();

        Assert.Equal("Refused Duplicate Duplicate 0/0/0 Nobody", _lab.Decision(refused.Claim));
        Assert.Equal("Adjusted  ManualReimbursement 30000+5000+0/0/25000 Person", _lab.Decision(again.Claim));
        Assert.Equal(35_000, _lab.Balance("PayableTo", Ana));
        Assert.Equal(0, _lab.Number("select count(*) from public_recovery_case where kind = 'NotCovered' and status = 'Open'"));
        Assert.Equal(1, _lab.Number("select count(*) from settlement_fact where standing = 'Stands'"));
    }

    [Fact]
    public void Settle_InvoiceOfAPrivateHospital_IsThePackagesAllTheSame()
    {
        _lab.Site("530924100003", 3, level: 1, type: "private_hospital");
        _north.Claim(Ana, "2025-03-01", 600.00m, "2025-03-20", "INV-1", institution: "530924100003");
        Deliver();

        Assert.Equal((-30_000, 0), (_lab.Balance("PackageBudget", "*"), _lab.Balance("ProviderIndicator", "530924100003")));
    }

    [Theory]
    [InlineData("desk")]
    [InlineData("invoiceNumber")]
    [InlineData("institution")]
    [InlineData("reasonCode")]
    [InlineData("admitted")]
    public void Settle_InvoiceThatDoesNotHoldTogether_IsSetAside(string field)
    {
        _north.Claim(Ana, "2025-03-01", 600.00m, "2025-03-20", "INV-1", tamper: body => field switch
        {
            "desk" => body with { Desk = _south.Code },
            "invoiceNumber" => body with { InvoiceNumber = "  " },
            "institution" => body with { Institution = "", InstitutionName = "" },
            "reasonCode" => body with { ReasonCode = "x" },
            _ => body with { Admitted = new DateOnly(2025, 3, 2) },
        });
        Deliver();

        Assert.Contains(field, Assert.Single(_lab.Query<string>("select code || ' ' || detail from public_quarantine")), StringComparison.Ordinal);
    }

    private void Deliver()
    {
        _north.Send();
        _south.Send();
        _lab.SettleAll();
        Assert.Null(_lab.Store.Read(session => EdgeHub.Hub.VerifyCommand.Run(session, SettlementLab.Region)).First);
    }
}
