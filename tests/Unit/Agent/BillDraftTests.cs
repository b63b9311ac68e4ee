using EdgeHub.Agent.Desk;
using EdgeHub.Agent.Settlement;
using EdgeHub.Rules;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Unit.Agent;

/// <summary>A bill as a desk writes it: kept at every step, never lost, never twice.</summary>
public sealed class BillDraftTests
{
    [Fact]
    public async Task Save_StepByStep_StandsAfterARestart()
    {
        await using var station = await Station.Start();
        var visit = (await station.CheckIn(1)).Visit;
        var draft = await Written(station, visit, new DraftStep.AddItem("A1"), new DraftStep.AddItem("yly"), new DraftStep.AddDiagnosis("j06.9"));
        Assert.Equal(["A1", "B1"], draft.Lines.Select(line => line.Item));
        await station.Restart();
        var again = await station.Part<BillDrafts>().Open(visit, 1);
        Assert.Equal((3, "甲类药", "J06.9"), (again.Revision, again.Lines[0].Name, again.Diagnoses[0].Code));
    }

    [Fact]
    public async Task Save_TheSameFormTwice_ChangesOnce()
    {
        await using var station = await Station.Start();
        var visit = (await station.CheckIn(1)).Visit;
        var form = Form(BillDraft.Empty(visit, 1), new DraftStep.AddItem("A1"));
        var first = await station.Part<BillDrafts>().Save(form);
        var second = await station.Part<BillDrafts>().Save(form);
        Assert.Null(second.Why);
        Assert.Equal((first.Draft.Revision, 1), (second.Draft.Revision, second.Draft.Lines.Count));
    }

    [Fact]
    public async Task Save_AFormOlderThanAnotherDesks_ChangesNothingAndSaysSo()
    {
        await using var station = await Station.Start();
        var visit = (await station.CheckIn(1)).Visit;
        await Written(station, visit, new DraftStep.AddItem("A1"));
        var late = await station.Part<BillDrafts>().Save(Form(BillDraft.Empty(visit, 1), new DraftStep.AddItem("B1")));
        Assert.Equal(Codes.ChangedElsewhere, late.Why!.Code);
        Assert.Equal("A1", Assert.Single(late.Draft.Lines).Item);
    }

    /// <summary>A page saves itself while one types; its button, pressed at once, shows an older number.</summary>
    [Fact]
    public async Task Save_OfTheSamePage_IsNoOtherDesk_AndALateOneOfItselfIsLeftOut()
    {
        await using var station = await Station.Start();
        var visit = (await station.CheckIn(1)).Visit;
        var drafts = station.Part<BillDrafts>();
        var shown = await Written(station, visit, new DraftStep.AddItem("A1"));
        DraftGiven Of(string price, string quantity, bool bySelf, string page = "one") =>
            Form(shown, new DraftStep.Keep()) with { Lines = [new LineTyped(price, quantity)], Editor = page, IsBySelf = bySelf };
        Assert.Null((await drafts.Save(Of("5", "1", bySelf: true))).Why);
        var pressed = await drafts.Save(Of("5", "2", bySelf: false));
        Assert.Null(pressed.Why);
        var late = await drafts.Save(Of("4", "1", bySelf: true));
        Assert.Equal(("5", "2", pressed.Draft.Revision), (late.Draft.Lines[0].Price, late.Draft.Lines[0].Quantity, late.Draft.Revision));
        Assert.Equal(Codes.ChangedElsewhere, (await drafts.Save(Of("6", "1", bySelf: false, page: "two"))).Why!.Code);
    }

    [Fact]
    public async Task Save_WhatCannotBeAdded_IsNamedAndTheRestIsKept()
    {
        await using var station = await Station.Start();
        var visit = (await station.CheckIn(1)).Visit;
        var draft = await Written(station, visit, new DraftStep.AddItem("A1"));
        var form = Form(draft, new DraftStep.AddItem("nothing like it")) with { Lines = [new LineTyped("12,5", "abc")], Disease = "D1" };
        var outcome = await station.Part<BillDrafts>().Save(form);
        Assert.Equal((Codes.UnknownItem, "item"), (outcome.Why!.Code, outcome.Why.Faults[0].Field));
        Assert.Equal(("12,5", "abc", "D1"), (outcome.Draft.Lines[0].Price, outcome.Draft.Lines[0].Quantity, outcome.Draft.Disease));
        var old = await station.Part<BillDrafts>().Save(Form(outcome.Draft, new DraftStep.AddItem("OLD")));
        Assert.Equal((Codes.ItemNotValid, 1), (old.Why!.Code, old.Draft.Lines.Count));
        var nowhere = await station.Part<BillDrafts>().Save(Form(BillDraft.Empty("nowhere", 1), new DraftStep.AddItem("A1")));
        Assert.Equal(Codes.NotFound, nowhere.Why!.Code);
    }

    [Fact]
    public async Task Remove_LineAndDiagnosis_TakesThatOneAway()
    {
        await using var station = await Station.Start();
        var visit = (await station.CheckIn(1)).Visit;
        var draft = await Written(station, visit, new DraftStep.AddItem("A1"), new DraftStep.AddItem("B1"), new DraftStep.AddDiagnosis("J06.9"), new DraftStep.RemoveLine(1), new DraftStep.RemoveDiagnosis("J06.9"));
        Assert.Equal("B1", Assert.Single(draft.Lines).Item);
        Assert.Empty(draft.Diagnoses);
    }

    [Fact]
    public async Task Draft_InTheStore_ShowsNoDiagnosis()
    {
        await using var station = await Station.Start();
        var visit = (await station.CheckIn(1)).Visit;
        await Written(station, visit, new DraftStep.AddDiagnosis("F32.900"));
        var sealedBytes = await station.Store.Do(session => (byte[])session.Prepared("select sealed from bill_draft").Scalar()!);
        Assert.DoesNotContain("F32", System.Text.Encoding.UTF8.GetString(sealedBytes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RequestKey_StaysOverReloadsAndRestarts_AndChangesWithAReversal()
    {
        await using var station = await Station.Start();
        var visit = (await station.CheckIn(1)).Visit;
        var key = await station.Part<BillDrafts>().RequestKey(visit, 1);
        await station.Restart();
        Assert.Equal(key, await station.Part<BillDrafts>().RequestKey(visit, 1));
        var settled = Station.Settled(await station.Settle(visit, station.Bill(80m, key)));
        Assert.Equal(key, await station.Part<BillDrafts>().RequestKey(visit, 1));
        await station.Reverse(settled.Settlement);
        Assert.NotEqual(key, await station.Part<BillDrafts>().RequestKey(visit, 1));
        Assert.True(key.Length <= Given.KeyCharacters);
    }

    [Theory]
    [InlineData("12.5", "2", 2500)]
    [InlineData("12,5", "2", 2500)]
    [InlineData("0.005", "1", 1)]
    [InlineData("0.0049", "1", 0)]
    [InlineData("0.333333", "3", 100)]
    [InlineData("0", "1", 0)]
    public void Amount_IsPriceTimesQuantity_RoundedOnce(string price, string quantity, long amount) =>
        Assert.Equal(amount, DraftReader.Amount(new DraftLine("A1", "甲类药", "盒", price, quantity)));

    [Theory]
    [InlineData("", "1", Codes.Missing, "lines[1].price")]
    [InlineData("-1", "1", Codes.BadNumber, "lines[1].price")]
    [InlineData("1.0000001", "1", Codes.BadNumber, "lines[1].price")]
    [InlineData("1e3", "1", Codes.BadNumber, "lines[1].price")]
    [InlineData("1,000.00", "1", Codes.BadNumber, "lines[1].price")]
    [InlineData("10000000", "1", Codes.BadNumber, "lines[1].price")]
    [InlineData("1", "0", Codes.BadNumber, "lines[1].quantity")]
    [InlineData("1", "0.00001", Codes.BadNumber, "lines[1].quantity")]
    [InlineData("1", "", Codes.Missing, "lines[1].quantity")]
    public void Read_WhatCannotBeRead_IsNamedByItsField(string price, string quantity, string code, string field)
    {
        var draft = BillDraft.Empty("v", 1) with { Diagnoses = [new DraftDiagnosis("J06.9", "")], Lines = [new DraftLine("A1", "甲类药", "盒", price, quantity)] };
        var (bill, why) = DraftReader.Read(draft, "k", "op", null);
        Assert.Null(bill);
        Assert.Equal((code, field), (why!.Code, Assert.Single(why.Faults).Field));
        Assert.Null(DraftReader.Amount(draft.Lines[0]));
    }

    [Fact]
    public void Read_AnEmptyDraft_SaysAllThatIsMissing()
    {
        var (_, why) = DraftReader.Read(BillDraft.Empty("v", 1) with { ServiceDay = "12 March" }, "k", "op", null);
        Assert.Equal(["diagnoses", "lines", "serviceDay"], why!.Faults.Select(fault => fault.Field));
    }

    private static DraftGiven Form(BillDraft shown, DraftStep step) =>
        new(shown.Visit, shown.Ordinal, shown.Revision, null, shown.Referral, shown.Disease, shown.UseAccount, shown.ServiceDay, step);

    private static async Task<BillDraft> Written(Station station, string visit, params DraftStep[] steps)
    {
        var draft = await station.Part<BillDrafts>().Open(visit, 1);
        foreach (var step in steps)
        {
            var outcome = await station.Part<BillDrafts>().Save(Form(draft, step));
            Assert.Null(outcome.Why);
            draft = outcome.Draft;
        }
        return draft;
    }
}
